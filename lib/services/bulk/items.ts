/** The lines of work on many nodes: how each ends, and how the last one ends the whole. Always with the region locked. */
import { bulkRefusal, NO_ITEMS, type ItemCounts } from "../../domain/bulk";
import { BulkRequest } from "../../domain/bulk-request";
import type { Tx } from "../../db";
import { Prisma } from "../../generated/prisma/client";
import { bulkResult } from "../../messages/bulk-result";
import type { Refusal } from "../../outcome";
import { endStep } from "../operations/steps";

export const BULK_STEP = "each";

/** How many lines stand how, of each operation that has any. */
export async function countItems(tx: Tx, operationIds: string[]): Promise<Map<string, ItemCounts>> {
  const found = new Map<string, ItemCounts>();
  if (!operationIds.length) return found;
  const rows = await tx.operationItem.groupBy({ by: ["operationId", "state"], where: { operationId: { in: operationIds } }, _count: true });
  for (const { operationId, state, _count } of rows) found.set(operationId, { ...(found.get(operationId) ?? NO_ITEMS), [state]: _count });
  return found;
}

/** Ends one line, done without a refusal. One that has ended already keeps how it did. */
export async function endItem(
  tx: Tx,
  { operationId, nodeId }: { operationId: string; nodeId: string },
  refused: Refusal | null,
  now: Date,
): Promise<void> {
  await tx.operationItem.updateMany({
    where: { operationId, nodeId, state: { in: ["waiting", "running"] } },
    data: { state: refused ? "failed" : "done", refusal: refused ? { ...refused } : Prisma.DbNull, endedAt: now },
  });
}

/** Ends what has not begun: skipped when somebody cancelled it, failed when it never came to it. Returns how many lines. */
export async function endWaiting(tx: Tx, operationId: string, state: "skipped" | "failed", why: Refusal, now: Date): Promise<number> {
  const { count } = await tx.operationItem.updateMany({
    where: { operationId, state: "waiting" },
    data: { state, refusal: { ...why }, endedAt: now },
  });
  return count;
}

/** Ends the whole when its last line has ended; one of them failed, and the whole counts as failed. */
export async function settle(tx: Tx, operationId: string, now: Date): Promise<void> {
  if (await tx.operationItem.findFirst({ where: { operationId, state: { in: ["waiting", "running"] } } })) return;
  const operation = await tx.operation.findUnique({ where: { id: operationId } });
  if (operation?.status !== "pending" && operation?.status !== "running") return;
  const counts = (await countItems(tx, [operationId])).get(operationId) ?? NO_ITEMS;
  const refusal = bulkRefusal(counts);
  const { command } = BulkRequest.parse(operation.request);
  await endStep(tx, operationId, BULK_STEP, refusal ? "failed" : "ok", bulkResult(command, counts));
  // Of servers that were added: the last of them has Regent's own key.
  await tx.escrow.deleteMany({ where: { operationId } });
  await tx.operation.update({
    where: { id: operationId },
    data: {
      status: refusal ? "failed" : "succeeded",
      step: refusal ? BULK_STEP : null,
      finishedAt: now,
      ...(refusal ? { refusal: { ...refusal } } : {}),
    },
  });
}

/** The end of what a line has started is the line's own. */
export async function endItemOf(
  tx: Tx,
  part: { parentId: string | null; nodeId: string | null },
  refused: Refusal | null,
  now: Date,
): Promise<void> {
  if (!part.parentId || !part.nodeId) return;
  await endItem(tx, { operationId: part.parentId, nodeId: part.nodeId }, refused, now);
  await settle(tx, part.parentId, now);
}
