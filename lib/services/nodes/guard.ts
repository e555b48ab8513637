import { COMMANDS, refusal, type CommandName, type RefusalContext } from "../../domain/lifecycle";
import { Inventory } from "../../domain/inventory";
import type { Tx } from "../../db";
import type { Node } from "../../generated/prisma/client";
import { done, refuse, type Outcome } from "../../outcome";
import type { UserActor } from "../actor";
import { lockRegion, type RegionRow } from "../region";
import { formatAge } from "../../domain/units";
import { OPERATIONS, isOperationKind } from "../../domain/operations";

export type Permitted = { node: Node; region: RegionRow };

/**
 * The server's own decision, in the transaction that acts on it: locks the region, reads the node, and asks the lifecycle table
 * what the page asked before. A node that changed since the administrator looked is refused with who changed what.
 */
export async function permitted(tx: Tx, command: CommandName, target: { nodeId: string; version: number }, actor: UserActor): Promise<Outcome<Permitted>> {
  const region = await lockRegion(tx);
  const node = await tx.node.findUnique({ where: { id: target.nodeId } });
  if (!node) return refuse("node-gone", "This node was deleted.", { hint: "The list shows what is there now." });
  const context = await refusalContext(tx, node, region, actor);
  const refused = refusal(command, toFacts(node), context);
  const stale = node.version !== target.version ? await staleRefusal(tx, node, region.now) : null;
  // What changed says more than what the change made impossible.
  if (refused ?? (stale && COMMANDS[command].needsFreshView)) return stale ?? refused ?? refuse("stale", "");
  return done({ node, region });
}

/** "compute-west-05 changed to Fenced 3 s ago, by Ada." */
async function staleRefusal(tx: Tx, node: Node, now: Date) {
  const last = await tx.event.findFirst({ where: { nodeId: node.id }, orderBy: { id: "desc" } });
  const what = last ? `${last.message} (${last.actorName}, ${formatAge(now.getTime() - last.at.getTime())})` : `${node.name} changed.`;
  return refuse("stale", `${node.name} changed while you looked at it: ${what}`, { hint: "Review it and try again." });
}
