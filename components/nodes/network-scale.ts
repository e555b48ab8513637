import type { NodeMetrics } from "@/lib/domain/trends";

/** The top of every sparkline of a column, bits per second. */
export type NetworkTops = { networkRx: number; networkTx: number };

/** The largest rate that any row shows: one scale for all rows of a column, so that rows compare. */
export function networkTops(rows: readonly { metrics: NodeMetrics | null }[]): NetworkTops {
  const tops = { networkRx: 1, networkTx: 1 };
  for (const { metrics } of rows) {
    if (!metrics) continue;
    const own = topsOf(metrics);
    tops.networkRx = Math.max(tops.networkRx, own.networkRx);
    tops.networkTx = Math.max(tops.networkTx, own.networkTx);
  }
  return tops;
}

/** A change touches few of many rows: what the others came to is known from the last time. */
const known = new WeakMap<NodeMetrics, NetworkTops>();

function topsOf(metrics: NodeMetrics): NetworkTops {
  const had = known.get(metrics);
  if (had) return had;
  const made = { networkRx: highest(metrics.networkRx.points), networkTx: highest(metrics.networkTx.points) };
  known.set(metrics, made);
  return made;
}

function highest(points: readonly (number | null)[]): number {
  let max = 0;
  for (const point of points) if (point !== null && point > max) max = point;
  return max;
}
