import { cancelledRefusal, countAll, isServerWork, NO_ITEMS } from "../../domain/bulk";
import { BulkRequest } from "../../domain/bulk-request";
import { db, type Tx } from "../../db";
import type { Operation } from "../../generated/prisma/client";
import { BULK } from "../../messages/bulk";
import { bulkName } from "../../messages/several";
import { done, refuse, type Outcome } from "../../outcome";
import type { UserActor } from "../actor";
import type { Call } from "../call";
import { record } from "../events/record";
import { lockRegion } from "../region";
import { countItems, endWaiting, settle } from "./items";
import { bulkForbidden } from "./start";

export type Bulk = { operation: Operation; request: BulkRequest };

/** Work on many nodes that this actor may touch; whoever may give its command may. */
export async function bulkOf(tx: Tx, operationId: string, { role }: UserActor): Promise<Outcome<Bulk>> {
  const operation = await tx.operation.findUnique({ where: { id: operationId } });
  if (operation?.kind !== "bulk")
    return refuse("operation-gone", "There is no such operation any more.", { hint: "Finished operations are deleted after some time." });
  const request = BulkRequest.parse(operation.request);
  return bulkForbidden(request.command, role) ?? done({ operation, request });
}

/** Skips every node that has not begun. What is under way goes on: half a join is worse than a whole one. */
export async function cancelBulk({ operationId }: { operationId: string }, { actor }: Call): Promise<Outcome<{ skipped: number }>> {
  return db.$transaction(async (tx) => {
    const { now } = await lockRegion(tx);
    const bulk = await bulkOf(tx, operationId, actor);
    if (!bulk.ok) return bulk;
    const { operation, request } = bulk.value;
    const skipped = await endWaiting(tx, operationId, "skipped", cancelledRefusal(actor.name), now);
    if (!skipped) return refuse("all-begun", "Every node has begun already.", { hint: "What is under way goes on to its end." });
    await settle(tx, operationId, now);
    const total = countAll((await countItems(tx, [operationId])).get(operationId) ?? NO_ITEMS);
    await record(tx, {
      kind: "operation.cancelled",
      message: `${actor.name} cancelled the rest of “${bulkName(request.command, total)}”, started by ${operation.actorName}: ${BULK.cancelled(skipped, isServerWork(request.command) ? "server" : "node")}`,
      actor,
      operationId,
      details: { skipped },
    });
    return done({ skipped });
  });
}
