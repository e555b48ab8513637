import { z } from "zod";
import { currentUser } from "@/lib/auth";
import { lastRemoval } from "@/lib/services/maintenance/last-removal";
import { lastMaintenance } from "@/lib/services/maintenance/read";

export const dynamic = "force-dynamic";

/**
 * The stay out of service that this node is in, or its last one: plan, a line for each VM, outcome; null when it never was. Beside it how the last
 * try to remove it ended.
 */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  if (!(await currentUser())) return Response.json({ reason: "You are signed out." }, { status: 401 });
  const id = z.uuid().safeParse((await params).id);
  if (!id.success) return Response.json({ reason: "There is no such node." }, { status: 404 });
  const [maintenance, removal] = await Promise.all([lastMaintenance(id.data), lastRemoval(id.data)]);
  return Response.json({ maintenance, removal }, { headers: { "cache-control": "no-store" } });
}
