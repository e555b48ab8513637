import type { Inventory } from "../../domain/inventory";
import type { Verdict } from "../../domain/requests";
import { transition, type Trigger } from "../../domain/lifecycle";
import type { Tx } from "../../db";
import { done, refuse, type Outcome } from "../../outcome";
import { SYSTEM } from "../actor";
import type { HeldOperation } from "../operations/lock";
import { factsOf } from "./facts";
import { identitiesAfter, rewriteIdentities } from "./identities";
import { moveNode } from "./move";

/** The change of status at the end of a join's step. Refused when the node is no longer where the join left it. */
export function joinTransition(
  trigger: Trigger,
  message: (name: string) => string,
  { found, joined = false }: { found?: { inventory: Inventory; verdict: Verdict }; joined?: boolean } = {},
) {
  return async (tx: Tx, { operation, region }: HeldOperation): Promise<Outcome> => {
    const node = operation.nodeId ? await tx.node.findUnique({ where: { id: operation.nodeId } }) : null;
    const edge = node && transition(node.status, trigger);
    if (!node || !edge) return refuse("node-gone", "The node is no longer on its way to Active.");
    const conflict = found ? await rewriteIdentities(tx, node.id, identitiesAfter(node, found.inventory.system.uuid)) : null;
    if (conflict) return conflict;
    await moveNode(tx, node, region, {
      transition: edge,
      actor: SYSTEM,
      message: message(node.name),
      operationId: operation.id,
      set: { ...(found ? factsOf(found.inventory, found.verdict, region.now) : {}), ...(joined ? { joinedAt: region.now } : {}) },
    });
    return done(undefined);
  };
}
