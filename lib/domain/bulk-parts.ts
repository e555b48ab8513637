/** What the lines of work on many start, and how long that may take. Apart from bulk.ts, which every look at the list loads. */
import { isServerWork, type BulkWork } from "./bulk";
import { OPERATIONS } from "./operations";

const MINUTE_MS = 60_000;
const ITEM_MS = 1000;

/** What a line starts, whose end is the line's own. The other commands have happened when their line has had its turn. */
const STARTED_MS: Partial<Record<BulkWork, number>> = {
  accept: OPERATIONS.accept.deadlineMs,
  look: OPERATIONS.contact.deadlineMs,
  add: OPERATIONS.inspect.deadlineMs + OPERATIONS.add.deadlineMs,
};
export const startsParts = (work: BulkWork): boolean => STARTED_MS[work] !== undefined;

/** Lines under way at once: each of these logs in at once and waits for a machine, where an Accept mostly waits for packages. */
export const partsAtOnce = (work: BulkWork): number => (isServerWork(work) ? 8 : Infinity);

/** What a line started may wait for a worker as long as it may work. */
export const bulkDeadlineMs = (work: BulkWork, count: number): number => 5 * MINUTE_MS + count * ITEM_MS + 2 * (STARTED_MS[work] ?? 0);
