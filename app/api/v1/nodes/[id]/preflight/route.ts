import { z } from "zod";
import { currentUser } from "@/lib/auth";
import { reportFault } from "@/lib/log";
import { wishSurvey } from "@/lib/services/metrics/survey";
import { readPreflight } from "@/lib/services/maintenance/preflight";

export const dynamic = "force-dynamic";

/** Whether this node could be drained now, check by check, and where each of its VMs would go. Changes nothing. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const user = await currentUser();
  if (!user) return Response.json({ reason: "You are signed out." }, { status: 401 });
  const id = z.uuid().safeParse((await params).id);
  const found = id.success ? await readPreflight(id.data, user.role) : null;
  if (found?.ok) void wishSurvey([found.value.nodeId, ...found.value.placement.targets.map((target) => target.id)]).catch(reportFault); // for the next look
  if (!found?.ok) return Response.json({ reason: "There is no such node." }, { status: 404 });
  return Response.json(found.value, { headers: { "cache-control": "no-store" } });
}
