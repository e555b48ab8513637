import type { Tx } from "../../db";
import type { HeldOperation } from "./lock";

/** Ends an operation well. What it changed was written by its steps; the password, if one is left, goes now. */
export async function succeedOperation(tx: Tx, { operation, region }: HeldOperation): Promise<void> {
  await tx.operation.update({ where: { id: operation.id }, data: { status: "succeeded", step: null, finishedAt: region.now } });
  await tx.escrow.deleteMany({ where: { operationId: operation.id } });
}
