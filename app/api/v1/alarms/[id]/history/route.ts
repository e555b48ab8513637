import { z } from "zod";
import { currentUser } from "@/lib/auth";
import { alarmHistory } from "@/lib/services/alarms/read";

export const dynamic = "force-dynamic";

const Before = z.iso.datetime().transform((text) => new Date(text));

/** What an alarm did before a moment, the newest first. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  if (!(await currentUser())) return Response.json({ reason: "You are signed out." }, { status: 401 });
  const id = z.uuid().safeParse((await params).id);
  const before = Before.safeParse(new URL(request.url).searchParams.get("before"));
  if (!id.success || !before.success) return Response.json({ reason: "Name an alarm and a moment." }, { status: 400 });
  return Response.json({ transitions: await alarmHistory(id.data, undefined, before.data) }, { headers: { "cache-control": "no-store" } });
}
