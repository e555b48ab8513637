import { z } from "zod";
import { currentUser } from "@/lib/auth";
import { alarmHistory } from "@/lib/services/alarms/read";

export const dynamic = "force-dynamic";

/** What an alarm did before a transition that is known, the newest first. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  if (!(await currentUser())) return Response.json({ reason: "You are signed out." }, { status: 401 });
  const id = z.uuid().safeParse((await params).id);
  const after = z.uuid().safeParse(new URL(request.url).searchParams.get("after"));
  if (!id.success || !after.success) return Response.json({ reason: "Name an alarm and a transition." }, { status: 400 });
  return Response.json({ transitions: await alarmHistory(id.data, after.data) }, { headers: { "cache-control": "no-store" } });
}
