import type { Tx } from "../../db";
import { endItemOf } from "../bulk/items";
import { addInspected } from "../bulk/servers";
import type { HeldOperation } from "./lock";

/**
 * Ends an operation well. What it changed was written by its steps; its password goes now, but for an inspection's: that one
 * waits for the Finish of the dialog, until its ten minutes are over.
 */
export async function succeedOperation(tx: Tx, { operation, region }: HeldOperation): Promise<void> {
  await tx.operation.update({ where: { id: operation.id }, data: { status: "succeeded", step: null, finishedAt: region.now } });
  if (operation.kind !== "inspect") await tx.escrow.deleteMany({ where: { operationId: operation.id } });
  // Regent's key, sealed, now lies with its node, or is of no use any more.
  await tx.$executeRaw`UPDATE operation SET result = result - 'key' WHERE id = ${operation.id}::uuid AND result ? 'key'`;
  const next = await addInspected(tx, operation);
  if (!next?.ok) await endItemOf(tx, operation, next, region.now);
}
