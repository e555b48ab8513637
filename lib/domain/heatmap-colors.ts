/** What a cell's colour may tell: one row is one Color by. */
import type { ColorId } from "./heatmap-choices";
import type { Unit } from "./heatmap-scale";
import type { Readiness, ReadinessId } from "./readiness";
import { READINESS } from "./readiness";
import type { RowFacts } from "./row-facts";
import { NODE_STATUSES, type NodeStatus } from "./status";

type Metric = { label: string; kind: "metric"; unit: Unit; /** null: no data. */ read: (row: RowFacts) => number | null };
type States = {
  label: string;
  kind: "states";
  states: Readonly<Record<string, { label: string }>>;
  /** `judge` is the answer of readiness.ts for the region. */
  read: (row: RowFacts, judge: () => Readiness) => string;
};

const sumOf = (a: number | null | undefined, b: number | null | undefined): number | null =>
  typeof a === "number" && typeof b === "number" ? a + b : null;

export const COLORS = {
  status: { label: "Status", kind: "states", states: NODE_STATUSES, read: (row): NodeStatus => row.status },
  "used-memory": { label: "Used Memory", kind: "metric", unit: "share", read: (row) => row.metrics?.memory.last ?? null },
  memory: { label: "Memory", kind: "metric", unit: "bytes", read: (row) => row.memoryBytes },
  "used-cpu": { label: "Used CPU", kind: "metric", unit: "share", read: (row) => row.metrics?.cpu.last ?? null },
  cpu: { label: "CPU", kind: "metric", unit: "count", read: (row) => row.vcpus },
  storage: { label: "Storage", kind: "metric", unit: "disk", read: (row) => row.storageBytes },
  throughput: {
    label: "Throughput",
    kind: "metric",
    unit: "rate",
    read: ({ metrics }) => sumOf(metrics?.networkRx.last, metrics?.networkTx.last),
  },
  readiness: { label: "Maintenance readiness", kind: "states", states: READINESS, read: (_row, judge): ReadinessId => judge().id },
} as const satisfies Record<ColorId, Metric | States>;

export const metricOf = (id: ColorId): Metric | null => {
  const color: Metric | States = COLORS[id];
  return color.kind === "metric" ? color : null;
};
export const statesOf = (id: ColorId): States | null => {
  const color: Metric | States = COLORS[id];
  return color.kind === "states" ? color : null;
};

/** Not a number where nothing was measured. */
export const valuesOf = (rows: readonly RowFacts[], { read }: Metric): Float64Array => Float64Array.from(rows, (row) => read(row) ?? NaN);

/** What lies in a list of values; null: none of them was measured. `at` are places in the list. */
export type Spread = { mean: number; hottest: { at: number; value: number }; coldest: { at: number; value: number }; count: number };

/** Of the values at `places`, in one pass. */
export function spreadOf(values: Float64Array, places: ArrayLike<number>): Spread | null {
  let [sum, count] = [0, 0];
  const [hottest, coldest] = [
    { at: -1, value: -Infinity },
    { at: -1, value: Infinity },
  ];
  for (let index = 0; index < places.length; index += 1) {
    const at = places[index] ?? 0;
    const value = values[at] ?? NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
    if (value > hottest.value) [hottest.at, hottest.value] = [at, value];
    if (value < coldest.value) [coldest.at, coldest.value] = [at, value];
  }
  return count ? { mean: sum / count, hottest, coldest, count } : null;
}
