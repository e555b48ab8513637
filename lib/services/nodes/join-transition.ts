import type { Prisma } from "../../generated/prisma/client";
import { transition, type Trigger } from "../../domain/lifecycle";
import type { Tx } from "../../db";
import { done, refuse, type Outcome } from "../../outcome";
import { SYSTEM } from "../actor";
import type { HeldOperation } from "../operations/lock";
import { moveNode } from "./move";

/** The change of status at the end of a join's step. Refused when the node is no longer where the join left it. */
export function joinTransition(
  trigger: Trigger,
  message: (name: string) => string,
  facts: Prisma.NodeUpdateManyMutationInput = {},
  joined = false,
) {
  return async (tx: Tx, { operation, region }: HeldOperation): Promise<Outcome> => {
    const node = operation.nodeId ? await tx.node.findUnique({ where: { id: operation.nodeId } }) : null;
    const edge = node && transition(node.status, trigger);
    if (!node || !edge) return refuse("node-gone", "The node is no longer on its way to Active.");
    await moveNode(tx, node, region, {
      transition: edge,
      actor: SYSTEM,
      message: message(node.name),
      operationId: operation.id,
      set: { ...facts, ...(joined ? { joinedAt: region.now } : {}) },
    });
    return done(undefined);
  };
}
