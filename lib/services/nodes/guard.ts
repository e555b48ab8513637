import { COMMANDS, refusal, regionFacts, type CommandName, type NodeFacts, type RefusalContext } from "../../domain/lifecycle";
import { Inventory } from "../../domain/inventory";
import { Verdict } from "../../domain/requests";
import { named } from "../../domain/operations";
import type { UserRole } from "../../domain/permissions";
import type { NodeRole } from "../../domain/roles";
import { formatAge } from "../../domain/units";
import type { Tx } from "../../db";
import type { Node } from "../../generated/prisma/client";
import { done, refuse, type Outcome, type Refusal } from "../../outcome";
import type { UserActor } from "../actor";
import { lockRegion, type RegionRow } from "../region";

/** `facts` and `context` are what the lifecycle table was asked with. */
export type Permitted = { node: Node; region: RegionRow; facts: NodeFacts; context: RefusalContext };
/** Without a version, how fresh the administrator's view was does not matter. */
type Target = { nodeId: string; version?: number; role?: NodeRole };

/**
 * The server's own decision, in the transaction that acts on it: locks the region, reads the node, and asks the lifecycle table
 * what the page asked before. A node that changed since the administrator looked is refused with who changed what.
 */
export async function permitted(tx: Tx, command: CommandName, target: Target, actor: UserActor): Promise<Outcome<Permitted>> {
  const region = await lockRegion(tx);
  const node = await tx.node.findUnique({ where: { id: target.nodeId } });
  if (!node) return refuse("node-gone", "This node was deleted.", { hint: "The list shows what is there now." });
  const facts = { ...factsForGuards(node), ...(await powerFacts(tx, node.id)) };
  const context = await contextFor(tx, node, region, actor.role, target.role);
  const refused = refusal(command, facts, context);
  if (refused?.code === "forbidden") return refused;
  // Who changed what says more than what the change made impossible.
  const seen = target.version ?? node.version;
  const stale = node.version !== seen && (refused !== null || COMMANDS[command].needsFreshView);
  if (stale) return staleRefusal(tx, node, region.now);
  return refused ?? done({ node, region, facts, context });
}

export const factsForGuards = (node: Node): NodeFacts => ({
  name: node.name,
  ip: node.ip,
  status: node.status,
  role: node.role,
  hostKeyChanged: node.hostKeyChanged !== null,
  inspectedAt: node.inspectedAt,
  verdict: Verdict.safeParse(node.verdict).data ?? null,
  inventory: Inventory.safeParse(node.inventory).data ?? null,
  convergedMacs: node.convergedMacs,
});

async function powerFacts(tx: Tx, nodeId: string): Promise<Pick<NodeFacts, "metrics" | "hasBmc">> {
  const [facts] = await tx.$queryRaw<{ sampledAt: Date | null; hasBmc: boolean }[]>`
    SELECT (SELECT sampled_at FROM metrics.node_now WHERE node_id = ${nodeId}::uuid) AS "sampledAt",
           EXISTS (SELECT 1 FROM node_power WHERE node_id = ${nodeId}::uuid) AS "hasBmc"`;
  return { metrics: facts?.sampledAt ? { sampledAt: facts.sampledAt.toISOString() } : null, hasBmc: facts?.hasBmc ?? false };
}

/** The rest of what the lifecycle table is asked with. */
export async function contextFor(
  tx: Tx,
  node: Pick<Node, "id">,
  region: RegionRow,
  role: UserRole,
  joinRole?: NodeRole,
): Promise<RefusalContext> {
  const groups = await tx.node.groupBy({ by: ["status", "role"], _count: true });
  const active = await tx.operation.findFirst({
    where: { nodeId: node.id, status: { in: ["pending", "running"] } },
    select: { kind: true, actorName: true, step: true },
  });
  return {
    role,
    now: region.now,
    settings: region.settings,
    region: regionFacts(groups.map(({ _count, ...group }) => ({ ...group, count: _count }))),
    activeOperation: active && { ...named(active), actorName: active.actorName },
    ...(joinRole ? { joinRole } : {}),
  };
}

/** "compute-west-05 changed while you looked at it: … (Ada, 3 s ago)". */
async function staleRefusal(tx: Tx, node: Node, now: Date): Promise<Refusal> {
  const last = await tx.event.findFirst({ where: { nodeId: node.id }, orderBy: { id: "desc" } });
  const what = last ? `${last.message} (${last.actorName}, ${formatAge(now.getTime() - last.at.getTime())})` : "see its events.";
  return refuse("stale", `${node.name} changed while you looked at it: ${what}`, { hint: "Review it and try again." });
}
