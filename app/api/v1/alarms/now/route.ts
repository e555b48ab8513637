import { currentUser } from "@/lib/auth";
import { alarmsNow } from "@/lib/services/alarms/now";

export const dynamic = "force-dynamic";

/** How many are in alarm, and whether somebody can not be told. */
export async function GET(): Promise<Response> {
  if (!(await currentUser())) return Response.json({ reason: "You are signed out." }, { status: 401 });
  return Response.json(await alarmsNow(), { headers: { "cache-control": "no-store" } });
}
