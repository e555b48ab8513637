import { currentUser } from "@/lib/auth";
import { readIsolation } from "@/lib/services/fencing/isolation";

export const dynamic = "force-dynamic";

/** Whether the console is cut off from its region. */
export async function GET(): Promise<Response> {
  if (!(await currentUser())) return Response.json({ reason: "You are signed out." }, { status: 401 });
  return Response.json({ isolation: await readIsolation() }, { headers: { "cache-control": "no-store" } });
}
