import { shortfalls, verdict } from "../../domain/adequacy";
import type { Inventory } from "../../domain/inventory";
import { transition } from "../../domain/lifecycle";
import type { Node } from "../../generated/prisma/client";
import type { Tx } from "../../db";
import { done, refuse, type Outcome } from "../../outcome";
import { SYSTEM } from "../actor";
import { record } from "../events/record";
import type { HeldOperation } from "../operations/lock";
import { factsOf } from "./facts";
import { identitiesAfter, rewriteIdentities } from "./identities";
import { moveNode } from "./move";
import { inventoryChanges } from "../../domain/inventory-changes";

/** Writes a fresh inventory, says what changed since the last one, and moves a candidate whose adequacy changed. */
export async function recordInspection(tx: Tx, { operation, region }: HeldOperation, inventory: Inventory): Promise<Outcome> {
  const node = operation.nodeId ? await tx.node.findUnique({ where: { id: operation.nodeId } }) : null;
  if (!node) return refuse("node-gone", "The node was deleted meanwhile.");
  const judged = verdict(inventory, region.settings.requirements, node.role);
  const facts = factsOf(inventory, judged, region.now);
  const conflict = await rewriteIdentities(tx, node.id, identitiesAfter(node, inventory.system.uuid));
  if (conflict) return conflict;
  const changes = inventoryChanges(node.inventory, inventory);
  const details = { changes };
  const move = adequacyMove(node, judged.adequate);
  if (move) {
    const failed = shortfalls(judged);
    const message = judged.adequate
      ? `${node.name} now meets every requirement.`
      : `${node.name} does not meet the requirements: ${failed.join("; ")}.`;
    await moveNode(tx, node, region, {
      transition: move,
      actor: SYSTEM,
      message,
      reason: failed.join("; ") || null,
      operationId: operation.id,
      details,
      set: facts,
    });
    return done(undefined);
  }
  await tx.node.update({ where: { id: node.id }, data: { ...facts, version: node.version + 1 } });
  const message = changes.length ? `${node.name} was inspected: ${changes.join("; ")}.` : `${node.name} was inspected; nothing changed.`;
  await record(tx, {
    kind: "node.inspected",
    message,
    actor: SYSTEM,
    node: { ...node, version: node.version + 1 },
    operationId: operation.id,
    details,
  });
  return done(undefined);
}

const adequacyMove = (node: Node, adequate: boolean) =>
  node.status === "Candidate" && !adequate
    ? transition("Candidate", "inspectedInadequate")
    : node.status === "Inadequate" && adequate
      ? transition("Inadequate", "inspectedAdequate")
      : null;
