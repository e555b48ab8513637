import { isOperationKind, OPERATIONS } from "../../domain/operations";
import type { Tx } from "../../db";
import type { Refusal } from "../../outcome";
import { SYSTEM } from "../actor";
import { endItemOf, endWaiting } from "../bulk/items";
import { record } from "../events/record";
import { endUnconfirmed } from "../fencing/end";
import { endStep } from "./steps";

/**
 * Ends what runs on a node because something stronger follows, and leaves the node where it is: whoever calls moves it. Whoever still
 * works on it holds an older attempt from now on, and can not write any more. An attempt to fence ends with its operation, as one that
 * proved nothing, for as long as it is in flight no other node can be fenced; `keepsFence`: the caller ends it himself.
 */
export async function endEarly(
  tx: Tx,
  node: { id: string; name: string; ip: string; version: number },
  now: Date,
  refusal: Refusal,
  { keepsFence = false } = {},
): Promise<void> {
  const operation = await tx.operation.findFirst({ where: { nodeId: node.id, status: { in: ["pending", "running"] } } });
  if (!operation) return;
  await tx.$queryRaw`SELECT 1 FROM operation WHERE id = ${operation.id}::uuid FOR UPDATE`;
  if (operation.step) await endStep(tx, operation.id, operation.step, "failed", refusal.reason);
  await tx.operation.update({
    where: { id: operation.id },
    data: { status: "failed", refusal: { ...refusal }, finishedAt: now, attempt: { increment: 1 } },
  });
  await tx.escrow.deleteMany({ where: { operationId: operation.id } });
  if (!keepsFence) await endUnconfirmed(tx, operation.id, refusal.reason, now);
  await endItemOf(tx, operation, refusal, now);
  await endWaiting(tx, operation.id, "failed", refusal, now);
  const label = isOperationKind(operation.kind) ? OPERATIONS[operation.kind].label : operation.kind;
  await record(tx, {
    kind: `operation.${operation.kind}`,
    severity: "warning",
    message: `${label} ended early: ${refusal.reason}`,
    actor: SYSTEM,
    node,
    operationId: operation.id,
    details: { code: refusal.code },
  });
}
