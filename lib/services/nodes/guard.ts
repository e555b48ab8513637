import { COMMANDS, refusal, regionFacts, type CommandName, type NodeFacts, type RefusalContext } from "../../domain/lifecycle";
import { Inventory } from "../../domain/inventory";
import { Verdict } from "../../domain/requests";
import { named } from "../../domain/operations";
import type { UserRole } from "../../domain/permissions";
import type { NodeRole } from "../../domain/roles";
import type { NodeStatus } from "../../domain/status";
import { formatAge } from "../../domain/units";
import type { Tx } from "../../db";
import type { Node } from "../../generated/prisma/client";
import { done, refuse, type Outcome, type Refusal } from "../../outcome";
import type { UserActor } from "../actor";
import { lockRegion, type RegionRow } from "../region";
import { isRevoked } from "./host-key";

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
  const around = await readAround(tx, node.id);
  const facts = { ...factsForGuards(node), ...powerFacts(around) };
  const context = contextOf(around, region, actor.role, target.role);
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
  hostKeyRevoked: isRevoked(node.hostKeyChanged),
  inspectedAt: node.inspectedAt,
  verdict: Verdict.safeParse(node.verdict).data ?? null,
  inventory: Inventory.safeParse(node.inventory).data ?? null,
  convergedMacs: node.convergedMacs,
});

/** What else decisions about a node hang on: how many nodes there are of each kind, what is under way on it, and what its power can tell. */
type Around = {
  groups: { status: NodeStatus; role: NodeRole; count: number }[];
  active: { kind: string; actorName: string; step: string | null } | null;
  sampledAt: Date | null;
  hasBmc: boolean;
};

/** One statement: whoever asks has the region locked, and everybody else waits for each round trip. */
async function readAround(tx: Tx, nodeId: string): Promise<Around> {
  const [around] = await tx.$queryRaw<Around[]>`
    SELECT (SELECT coalesce(jsonb_agg(g), '[]') FROM (SELECT status, role, count(*)::int AS count FROM node GROUP BY status, role) g) AS groups,
           (SELECT jsonb_build_object('kind', kind, 'actorName', actor_name, 'step', step) FROM operation
            WHERE node_id = ${nodeId}::uuid AND status IN ('pending', 'running') LIMIT 1) AS active,
           (SELECT sampled_at FROM metrics.node_now WHERE node_id = ${nodeId}::uuid) AS "sampledAt",
           EXISTS (SELECT 1 FROM node_power WHERE node_id = ${nodeId}::uuid) AS "hasBmc"`;
  return around ?? { groups: [], active: null, sampledAt: null, hasBmc: false }; // there is one
}

const powerFacts = ({ sampledAt, hasBmc }: Around): Pick<NodeFacts, "metrics" | "hasBmc"> => ({
  metrics: sampledAt && { sampledAt: sampledAt.toISOString() },
  hasBmc,
});

const contextOf = ({ groups, active }: Around, region: RegionRow, role: UserRole, joinRole?: NodeRole): RefusalContext => ({
  role,
  now: region.now,
  settings: region.settings,
  region: regionFacts(groups),
  activeOperation: active && { ...named(active), actorName: active.actorName },
  ...(joinRole ? { joinRole } : {}),
});

/** The rest of what the lifecycle table is asked with. */
export const contextFor = async (tx: Tx, node: Pick<Node, "id">, region: RegionRow, role: UserRole): Promise<RefusalContext> =>
  contextOf(await readAround(tx, node.id), region, role);

/** "compute-west-05 changed while you looked at it: … (Ada, 3 s ago)". */
async function staleRefusal(tx: Tx, node: Node, now: Date): Promise<Refusal> {
  const last = await tx.event.findFirst({ where: { nodeId: node.id }, orderBy: { id: "desc" } });
  const what = last ? `${last.message} (${last.actorName}, ${formatAge(now.getTime() - last.at.getTime())})` : "see its events.";
  return refuse("stale", `${node.name} changed while you looked at it: ${what}`, { hint: "Review it and try again." });
}
