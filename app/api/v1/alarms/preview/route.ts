import { z } from "zod";
import { currentUser } from "@/lib/auth";
import { AlarmRule, AlarmScope } from "@/lib/domain/alarms/config";
import { takeToken } from "@/lib/services/access/rate";
import { previewAlarm } from "@/lib/services/alarms/preview";

export const dynamic = "force-dynamic";

/** Somebody who drags a threshold without a pause asks 200 times. */
const PER_MINUTE = 240;

const json = z
  .string()
  .max(2000)
  .transform((text, issue): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      issue.addIssue({ code: "custom", message: `This is not JSON: ${String(error)}` });
      return z.NEVER;
    }
  });
const Query = z.object({
  rule: json.pipe(AlarmRule),
  scope: json.pipe(AlarmScope),
  hours: z.enum(["3", "24", "168"]).transform((text) => Number(text) as 3 | 24 | 168), // one of the three
});

/** What a rule would have said over the last hours, on a node. Changes nothing. */
export async function GET(request: Request): Promise<Response> {
  const user = await currentUser();
  if (!user) return Response.json({ reason: "You are signed out." }, { status: 401 });
  if (!(await takeToken(`alarm-preview:${user.id}`, PER_MINUTE, 60)))
    return Response.json({ reason: "Too many requests. Try again in a few seconds." }, { status: 429 });
  const query = Query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return Response.json({ reason: query.error.issues[0]?.message ?? "The request is not complete." }, { status: 400 });
  const { rule, scope, hours } = query.data;
  const preview = await previewAlarm(rule, scope, hours);
  if (!preview) return Response.json({ reason: "No node that has joined the cluster is watched by this." }, { status: 404 });
  return Response.json(preview, { headers: { "cache-control": "no-store" } });
}
