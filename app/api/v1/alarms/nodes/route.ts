import { currentUser } from "@/lib/auth";
import { nodesInAlarm } from "@/lib/services/alarms/now";

export const dynamic = "force-dynamic";

/** The ids of the nodes that are in alarm, those of muted alarms left out. */
export async function GET(): Promise<Response> {
  if (!(await currentUser())) return Response.json({ reason: "You are signed out." }, { status: 401 });
  return Response.json({ nodes: await nodesInAlarm() }, { headers: { "cache-control": "no-store" } });
}
