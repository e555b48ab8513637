import { isOperationKind, stepNames } from "../../domain/operations";
import { db, type Tx } from "../../db";
import { OperationLost } from "./lock";

export type StepState = "running" | "ok" | "warning" | "failed";

/**
 * Shows a step as running, and returns how often it was begun. Runs again after a crash: the newest start counts.
 * Throws OperationLost when another worker has the operation, before anything is done on the machine.
 */
export async function beginStep(operation: { id: string; kind: string; attempt: number }, name: string): Promise<number> {
  const position = isOperationKind(operation.kind) ? stepNames(operation.kind).indexOf(name) : 0;
  return db.$transaction(async (tx) => {
    const mine = await tx.operation.updateMany({
      where: { id: operation.id, attempt: operation.attempt, status: "running" },
      data: { step: name },
    });
    if (mine.count !== 1) throw new OperationLost("The operation has ended, or another worker has taken it over.");
    const [row] = await tx.$queryRaw<{ tries: number }[]>`
      INSERT INTO operation_step (operation_id, name, position, state) VALUES (${operation.id}::uuid, ${name}, ${position}, 'running')
      ON CONFLICT (operation_id, name) DO UPDATE SET state = 'running', detail = '', started_at = now(), ended_at = NULL, tries = operation_step.tries + 1
      RETURNING tries`;
    return row?.tries ?? 1;
  });
}

/** What a step is doing right now, e.g. a line of the package manager. */
export async function tellStep(operationId: string, name: string, detail: string): Promise<void> {
  await db.operationStep.updateMany({ where: { operationId, name, state: "running" }, data: { detail: detail.slice(0, 300) } });
}

/** Ends a step that is running; one that has ended keeps what it said. */
export async function endStep(
  tx: Tx,
  operationId: string,
  name: string,
  state: Exclude<StepState, "running">,
  detail: string,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE operation_step SET state = ${state}, detail = ${detail.slice(0, 300)}, ended_at = clock_timestamp()
    WHERE operation_id = ${operationId}::uuid AND name = ${name} AND state = 'running'`;
}
