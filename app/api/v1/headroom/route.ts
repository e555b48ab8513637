import { currentUser } from "@/lib/auth";
import { regionReadiness } from "@/lib/maintenance-readiness";

export const dynamic = "force-dynamic";

/** Active nodes whose virtual machines would have no place elsewhere; null: there is none. At most some seconds old. */
export async function GET(): Promise<Response> {
  if (!(await currentUser())) return Response.json({ reason: "You are signed out." }, { status: 401 });
  const { unplaced } = await regionReadiness();
  return Response.json({ unplaced }, { headers: { "cache-control": "no-store" } });
}
