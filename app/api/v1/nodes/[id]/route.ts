import { z } from "zod";
import { currentUser } from "@/lib/auth";
import { nodeDetail } from "@/lib/services/nodes/read";

export const dynamic = "force-dynamic";

/** One node in full. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  if (!(await currentUser())) return Response.json({ reason: "You are signed out." }, { status: 401 });
  const id = z.uuid().safeParse((await params).id);
  const node = id.success ? await nodeDetail(id.data) : null;
  return node
    ? Response.json(node, { headers: { "cache-control": "no-store" } })
    : Response.json({ reason: "There is no such node." }, { status: 404 });
}
