import { isOperationKind, stepNames } from "../../domain/operations";
import { db, type Tx } from "../../db";

export type StepState = "running" | "ok" | "warning" | "failed";

/** Shows a step as running. Runs again after a crash: the newest start counts. */
export async function beginStep(operation: { id: string; kind: string }, name: string): Promise<void> {
  const position = isOperationKind(operation.kind) ? stepNames(operation.kind).indexOf(name) : 0;
  await db.$transaction([
    db.$executeRaw`
      INSERT INTO operation_step (operation_id, name, position, state) VALUES (${operation.id}::uuid, ${name}, ${position}, 'running')
      ON CONFLICT (operation_id, name) DO UPDATE SET state = 'running', detail = '', started_at = now(), ended_at = NULL`,
    db.operation.update({ where: { id: operation.id }, data: { step: name } }),
  ]);
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
