import { OPERATIONS, isOperationKind } from "../../domain/operations";
import type { Tx } from "../../db";
import type { Refusal } from "../../outcome";
import { endStep } from "./steps";

/**
 * Ends the operation that works on a node, if one does, because an administrator decided something else. Whoever still works on it
 * holds an older attempt from now on: he can not write any more, and his connection is cut. The caller writes the event.
 */
export async function endRunning(tx: Tx, nodeId: string, refusal: Refusal, now: Date): Promise<{ id: string; label: string } | null> {
  const operation = await tx.operation.findFirst({ where: { nodeId, status: { in: ["pending", "running"] } } });
  if (!operation) return null;
  await tx.$queryRaw`SELECT 1 FROM operation WHERE id = ${operation.id}::uuid FOR UPDATE`;
  if (operation.step) await endStep(tx, operation.id, operation.step, "failed", refusal.reason);
  await tx.operation.update({
    where: { id: operation.id },
    data: { status: "failed", refusal: { ...refusal }, finishedAt: now, attempt: { increment: 1 } },
  });
  return { id: operation.id, label: isOperationKind(operation.kind) ? OPERATIONS[operation.kind].label : operation.kind };
}
