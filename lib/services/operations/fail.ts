import { isOperationKind, OPERATIONS, stepLabel, type OperationKind } from "../../domain/operations";
import { transition } from "../../domain/lifecycle";
import type { Tx } from "../../db";
import type { Node, Prisma } from "../../generated/prisma/client";
import type { Refusal } from "../../outcome";
import { type Actor, SYSTEM } from "../actor";
import { endUnconfirmed } from "../fencing/end";
import { endItemOf, endWaiting } from "../bulk/items";
import { record } from "../events/record";
import { rollBack } from "../maintenance/cancel";
import { cameFromOf, openMaintenance } from "../maintenance/open";
import { moveNode } from "../nodes/move";
import { endStep } from "./steps";
import type { HeldOperation } from "./lock";

/** Their failure is their node's: it was on its way. */
export const MOVES_ITS_NODE: readonly string[] = ["join", "accept", "activate", "unfence"] satisfies OperationKind[];

/** Nobody works on a drain any more when they fail: a fence has taken its place before. */
const ENDS_A_DRAIN: readonly string[] = ["maintenance", "fence"] satisfies OperationKind[];

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

  if (operation.kind === "fence") await endUnconfirmed(tx, operation.id, refusal.reason, region.now);
  const where = step ? ` at “${stepLabel(operation.kind, step)}”` : "";
  const message = `${label} failed${where}: ${refusal.reason}`;
  const details = { code: refusal.code, step, hint: refusal.hint ?? null, ip: operation.ip };
  const node = operation.nodeId ? await tx.node.findUnique({ where: { id: operation.nodeId } }) : null;
  if (node && (await movedByFailure(tx, node, held, { by, message, refusal, details }))) return;
  if (operation.kind === "contact") return;
  const stands =
    node && ENDS_A_DRAIN.includes(operation.kind) && node.status === "EnteringMaintenance" ? await standStill(tx, node, refusal) : node;
  await record(tx, {
    kind: `operation.${operation.kind}`,
    severity: stands === node ? "warning" : "error",
    message,
    actor: by,
    ...(stands ? { node: stands } : {}),
    operationId: operation.id,
    details,
  });
}

type Failure = { by: Actor; message: string; refusal: Refusal; details: Prisma.InputJsonObject };

/** A node on its way to service is Failed with its operation; a drain past its deadline rolls back where the region wants that. */
async function movedByFailure(tx: Tx, node: Node, { operation, region }: HeldOperation, failure: Failure): Promise<boolean> {
  const { by, message, refusal, details } = failure;
  const trigger = by.kind === "deadline" ? "deadline" : "error";
  if (MOVES_ITS_NODE.includes(operation.kind)) {
    const edge = transition(node.status, trigger);
    if (!edge) return false;
    await moveNode(tx, node, region, {
      transition: edge,
      actor: by,
      severity: "error",
      message,
      reason: refusal.reason,
      operationId: operation.id,
      details,
    });
    return true;
  }
  if (operation.kind !== "maintenance" || by.kind !== "deadline") return false;
  const open = await openMaintenance(tx, node.id);
  const edge = transition(node.status, "deadline", { cameFrom: cameFromOf(open), drainDeadline: region.settings.drainDeadline });
  if (!edge) return false;
  await rollBack(tx, { node, region, open }, edge, { actor: by, message });
  return true;
}

/** A drain that can not go on waits for an administrator, with the reason beside the status and no deadline that nobody works for. */
export async function standStill(tx: Tx, node: Node, refusal: Refusal): Promise<Node> {
  return tx.node.update({
    where: { id: node.id },
    data: { statusReason: refusal.reason.slice(0, 500), reasonIsPersonal: false, deadlineAt: null, version: node.version + 1 },
  });
}
