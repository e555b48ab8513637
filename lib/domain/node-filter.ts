import type { ListAddress } from "./list-address";
import { matcher, parseQuery } from "./node-query";
import type { RowFacts } from "./row-facts";
import { NODE_FILTERS, type NodeFilter } from "./status";

/** Each hidden row is counted once, where it is lost first: removed nodes, then the chips, then the filter bar. */
export type Hidden = { byOut: number; byChips: number; byQuery: number };

export type Shown<Row> = {
  rows: Row[];
  hidden: Hidden;
  /** How many rows each chip shows of those that the filter bar finds, pressed or not; `out` counts the removed nodes. */
  counts: Record<NodeFilter, number> & { out: number };
};

const FILTERS = Object.keys(NODE_FILTERS) as NodeFilter[]; // the keys of a constant object are its type

/** What of the region the list shows, in the order given. Page and server ask the same. */
export function shownRows<Row extends RowFacts>(
  all: readonly Row[],
  { q, filters, out }: Pick<ListAddress, "q" | "filters" | "out">,
  now: Date,
): Shown<Row> {
  const found = matcher(parseQuery(q).tokens, now);
  const hidden: Hidden = { byOut: 0, byChips: 0, byQuery: 0 };
  const counts: Shown<Row>["counts"] = { active: 0, candidate: 0, inadequate: 0, inMaintenance: 0, out: 0 };
  const rows = all.filter((row) => {
    const matched = found(row);
    const removed = row.status === "Out";
    if (matched) count(row, counts);
    if (removed && !out) return hide(hidden, "byOut");
    if (filters.length && !filters.some((filter) => NODE_FILTERS[filter].matches(row))) return hide(hidden, "byChips");
    return matched || hide(hidden, "byQuery");
  });
  return { rows, hidden, counts };
}

function hide(hidden: Hidden, by: keyof Hidden): false {
  hidden[by] += 1;
  return false;
}

function count(row: RowFacts, counts: Shown<RowFacts>["counts"]): void {
  if (row.status === "Out") counts.out += 1;
  for (const filter of FILTERS) if (NODE_FILTERS[filter].matches(row)) counts[filter] += 1;
}
