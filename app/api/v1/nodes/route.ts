import { z } from "zod";
import { currentUser } from "@/lib/auth";
import { nodeRows } from "@/lib/services/nodes/read";

export const dynamic = "force-dynamic";

const IDS_MAX = 200;
const Ids = z.array(z.uuid()).max(IDS_MAX);

/** The nodes that `?ids=` names, as lists show them; one that is gone is left out. */
export async function GET(request: Request): Promise<Response> {
  if (!(await currentUser())) return Response.json({ reason: "You are signed out." }, { status: 401 });
  const asked = new URL(request.url).searchParams.get("ids") ?? "";
  const ids = Ids.safeParse([...new Set(asked.split(",").filter(Boolean))]);
  return ids.success
    ? Response.json(await nodeRows(ids.data), { headers: { "cache-control": "no-store" } })
    : Response.json({ reason: `Name at most ${IDS_MAX} nodes by their ids.` }, { status: 400 });
}
