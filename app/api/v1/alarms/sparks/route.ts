import { z } from "zod";
import { currentUser } from "@/lib/auth";
import { takeToken } from "@/lib/services/access/rate";
import { subjectSparks } from "@/lib/services/alarms/sparks";

export const dynamic = "force-dynamic";

/** Each open page asks once. */
const PER_MINUTE = 120;

const Ids = z
  .string()
  .max(4000)
  .transform((text) => text.split(","))
  .pipe(z.array(z.uuid()).min(1).max(50));

/** The last three hours of what these subjects of alarms watch, as their datapoints. */
export async function GET(request: Request): Promise<Response> {
  const user = await currentUser();
  if (!user) return Response.json({ reason: "You are signed out." }, { status: 401 });
  if (!(await takeToken(`alarm-sparks:${user.id}`, PER_MINUTE, 60)))
    return Response.json({ reason: "Too many requests. Try again in a few seconds." }, { status: 429 });
  const ids = Ids.safeParse(new URL(request.url).searchParams.get("subjects"));
  if (!ids.success) return Response.json({ reason: "Name up to 50 subjects by their ids." }, { status: 400 });
  return Response.json(await subjectSparks(ids.data), { headers: { "cache-control": "no-store" } });
}
