import { currentUser } from "@/lib/auth";
import type { RegionReadiness } from "@/lib/domain/readiness";
import { regionReadiness } from "@/lib/maintenance-readiness";

export const dynamic = "force-dynamic";

/** Whether each node can be taken out, and why not: see lib/domain/region-readiness.ts. At most some seconds old. */
export async function GET(): Promise<Response> {
  if (!(await currentUser())) return Response.json({ reason: "You are signed out." }, { status: 401 });
  const { readiness } = await regionReadiness();
  const told: RegionReadiness = { nodes: [...readiness].map(([nodeId, one]) => ({ nodeId, ...one })) };
  return Response.json(told, { headers: { "cache-control": "no-store" } });
}
