import type { Operation } from "../../generated/prisma/client";
import type { Tx } from "../../db";
import { lockRegion, type RegionRow } from "../region";

/** The operation ended, or another worker took it over: this one stops without writing anything. */
export class OperationLost extends Error {}

export type HeldOperation = { operation: Operation; region: RegionRow };

/**
 * Locks region and operation for the end of a step, and proves that the attempt is still the caller's.
 * Throws OperationLost otherwise: a worker that was paused or cut off can not write late.
 */
export async function lockOperation(tx: Tx, held: { id: string; attempt: number }): Promise<HeldOperation> {
  const region = await lockRegion(tx);
  await tx.$queryRaw`SELECT 1 FROM operation WHERE id = ${held.id}::uuid FOR UPDATE`;
  const operation = await tx.operation.findUnique({ where: { id: held.id } });
  if (operation?.status !== "running") throw new OperationLost("The operation has ended already.");
  if (operation.attempt !== held.attempt) throw new OperationLost("Another worker has taken the operation over.");
  return { operation, region };
}
