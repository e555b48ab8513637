import { isOperationKind, OPERATIONS, stepLabel, type OperationKind } from "../../domain/operations";
import { transition } from "../../domain/lifecycle";
import type { Tx } from "../../db";
import type { Refusal } from "../../outcome";
import { type Actor, SYSTEM } from "../actor";
import { endUnconfirmed } from "../fencing/end";
import { endItemOf, endWaiting } from "../bulk/items";
import { record } from "../events/record";
import { moveNode } from "../nodes/move";
import { endStep } from "./steps";
import type { HeldOperation } from "./lock";

/** Their failure is their node's: it was on its way. */
export const MOVES_ITS_NODE: readonly string[] = ["join", "accept", "unfence"] satisfies OperationKind[];

/**
 * Ends an operation badly: the step, the operation, the event and, when its node was on its way, the node's Failed commit together.
 * A candidate that is only being looked at stays what it is.
 */
export async function failOperation(tx: Tx, held: HeldOperation, step: string, refusal: Refusal, by: Actor = SYSTEM): Promise<void> {
  const { operation, region } = held;
  if (!isOperationKind(operation.kind)) throw new Error(`Unknown operation ${operation.kind}.`);
  const { label } = OPERATIONS[operation.kind];
  if (step) await endStep(tx, operation.id, step, "failed", refusal.reason);
  await tx.operation.update({ where: { id: operation.id }, data: { status: "failed", refusal: { ...refusal }, finishedAt: region.now } });
  await tx.escrow.deleteMany({ where: { operationId: operation.id } });
  // Regent's key, sealed, now lies with its node, or is of no use any more.
  await tx.$executeRaw`UPDATE operation SET result = result - 'key' WHERE id = ${operation.id}::uuid AND result ? 'key'`;
  await endItemOf(tx, operation, refusal, region.now);
  await endWaiting(tx, operation.id, "failed", refusal, region.now);

  const node = operation.nodeId ? await tx.node.findUnique({ where: { id: operation.nodeId } }) : null;
  if (operation.kind === "fence") await endUnconfirmed(tx, operation.id, refusal.reason, region.now);
  const failing =
    node && MOVES_ITS_NODE.includes(operation.kind) ? transition(node.status, by.kind === "deadline" ? "deadline" : "error") : null;
  const where = step ? ` at “${stepLabel(operation.kind, step)}”` : "";
  const message = `${label} failed${where}: ${refusal.reason}`;
  const details = { code: refusal.code, step, hint: refusal.hint ?? null, ip: operation.ip };
  if (node && failing) {
    await moveNode(tx, node, region, {
      transition: failing,
      actor: by,
      severity: "error",
      message,
      reason: refusal.reason,
      operationId: operation.id,
      details,
    });
  } else if (operation.kind !== "contact") {
    await record(tx, {
      kind: `operation.${operation.kind}`,
      severity: "warning",
      message,
      actor: by,
      ...(node ? { node } : {}),
      operationId: operation.id,
      details,
    });
  }
}
