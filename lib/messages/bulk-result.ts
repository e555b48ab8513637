/** How work on many nodes stands and ended: what is told of it outside its dialog. */
import type { BulkWork, ItemCounts, ItemState } from "../domain/bulk";
import { NUMBER } from "./counted";

const DONE = {
  accept: "accepted",
  reject: "rejected",
  delete: "deleted",
  tags: "changed",
  look: "read",
  add: "added",
} as const satisfies Record<BulkWork, string>;

/** "9 accepted, 1 failed, 2 cancelled." Only what there is. */
export function bulkResult(command: BulkWork, counts: ItemCounts): string {
  const parts = [
    { count: counts.done, word: DONE[command] },
    { count: counts.failed, word: "failed" },
    { count: counts.skipped, word: "cancelled" },
    { count: counts.running, word: "running" },
    { count: counts.waiting, word: "waiting" },
  ].filter(({ count }) => count > 0);
  return `${parts.map(({ count, word }) => `${NUMBER.format(count)} ${word}`).join(", ")}.`;
}

/** The words of a line of it, beside its glyph. */
export const ITEM_STATES = {
  waiting: "Waiting",
  running: "Running",
  done: "Done",
  failed: "Failed",
  skipped: "Cancelled",
} as const satisfies Record<ItemState, string>;
