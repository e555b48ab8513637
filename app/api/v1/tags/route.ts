import { currentUser } from "@/lib/auth";
import { tagCounts } from "@/lib/services/nodes/tags";

export const dynamic = "force-dynamic";

/** The tags of the region's nodes with how many nodes have each. */
export async function GET(): Promise<Response> {
  if (!(await currentUser())) return Response.json({ reason: "You are signed out." }, { status: 401 });
  return Response.json(await tagCounts(), { headers: { "cache-control": "no-store" } });
}
