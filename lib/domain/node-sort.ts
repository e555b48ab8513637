/** The order of the list, for each of its fourteen columns. Nodes without data stand last, in both directions. */
import { ipNumber, once, uptimeMs, type RowFacts } from "./row-facts";
import { NODE_STATUS_IDS } from "./status";

type SortKey = (row: RowFacts) => number | string | null;

const rowName = once((row: RowFacts) => nameKey(row.name));
const rowTags = once((row: RowFacts) => row.tags.map(nameKey).sort().join("\u0001"));

/** By column, in the order of the list; see COLUMNS in lib/messages/list.ts for what they are called. */
const SORT_KEYS = {
  name: rowName,
  candidate: (row) => Number(row.candidate),
  ip: ipNumber,
  cpu: (row) => row.metrics?.cpu.last ?? null,
  vcpus: (row) => row.vcpus,
  memory: (row) => row.memoryBytes,
  vmMemoryTotal: (row) => row.vmMemoryTotalBytes,
  vmMemoryAvailable: (row) => row.vmMemoryAvailableBytes,
  networkRx: (row) => row.metrics?.networkRx.last ?? null,
  networkTx: (row) => row.metrics?.networkTx.last ?? null,
  storage: (row) => row.storageBytes,
  uptime: once(uptimeMs),
  status: (row) => NODE_STATUS_IDS.indexOf(row.status),
  tags: (row) => rowTags(row) || null,
} as const satisfies Record<string, SortKey>;

export type ColumnId = keyof typeof SORT_KEYS;

// The keys of a constant object are exactly its own literal keys.
export const COLUMN_IDS = Object.keys(SORT_KEYS) as ColumnId[];

export type Sort = { id: ColumnId; desc: boolean };

/**
 * A text whose plain order is that of compareNames. A run of digits becomes its length and its digits without leading zeros, so that 10 follows 9. It begins with a character below
 * all others, because "a1" stands before "a-1"; a name that begins with digits stands among the others by its digits.
 */
export const nameKey = (name: string): string =>
  name.toLowerCase().replace(/[0-9]+/g, (run, at: number) => {
    const digits = run.replace(/^0+(?=[0-9])/, "");
    return `${at ? "\u0000" : "0"}${String.fromCharCode(digits.length)}${digits}`;
  });

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sorted once for each list, so that another column only has to be sorted stably: what is equal in it stays in this order. */
const byName = once((rows: readonly RowFacts[]) =>
  rows
    .map((row) => ({ row, key: rowName(row) }))
    .sort((a, b) => compare(a.key, b.key) || compare(a.row.name, b.row.name))
    .map(({ row }) => row),
);

/** A new list. Equal rows are ordered by name, upwards in both directions; what is equal even then keeps its order. */
export function sortRows<Row extends RowFacts>(rows: readonly Row[], { id, desc }: Sort): Row[] {
  const keyOf: SortKey = SORT_KEYS[id];
  const numbers: { row: Row; key: number }[] = [];
  const texts: { row: Row; key: string }[] = [];
  const unknown: Row[] = [];
  // byName gives back the rows that it was given.
  for (const row of byName(rows) as Row[]) {
    const key = keyOf(row);
    if (key === null) unknown.push(row);
    else if (typeof key === "number") numbers.push({ row, key });
    else texts.push({ row, key });
  }
  // A column has keys of one kind. Each kind has a comparison of its own, because engines are twice as quick with one.
  numbers.sort(desc ? (a, b) => b.key - a.key : (a, b) => a.key - b.key);
  texts.sort(desc ? (a, b) => compare(b.key, a.key) : (a, b) => compare(a.key, b.key));
  return [...numbers, ...texts].map(({ row }) => row).concat(unknown);
}
