/** What a cell says to those who do not see its colour. */
import { COLORS, metricOf, statesOf } from "@/lib/domain/heatmap-colors";
import type { ColorId } from "@/lib/domain/heatmap-choices";
import { formatValue } from "@/lib/domain/heatmap-scale";
import { METRICS, TREND_IDS, type TrendId } from "@/lib/domain/metrics";
import type { Readiness } from "@/lib/domain/readiness";
import { NODE_STATUSES } from "@/lib/domain/status";
import { formatDuration, formatPercent, formatRate } from "@/lib/domain/units";
import { HEATMAP } from "@/lib/messages/heatmap";
import type { NodeRow } from "@/lib/services/nodes/read";
import { isStale } from "./cells";

/** Of one of the four trends; */
export const formatTrend = (id: TrendId, value: number): string => (METRICS[id].unit === "share" ? formatPercent : formatRate)(value);

const SAID_ANYWAY: readonly ColorId[] = ["status", "used-cpu", "used-memory"];

/** What the colour tells, in words: "Storage 15.4 TB"; null where it is said already. */
export function coloured(row: NodeRow, color: ColorId, judge: (row: NodeRow) => Readiness): string | null {
  if (SAID_ANYWAY.includes(color)) return null;
  const [metric, states] = [metricOf(color), statesOf(color)];
  if (states) return color === "readiness" ? judge(row).reason : null;
  const value = metric?.read(row) ?? null;
  return `${COLORS[color].label} ${value === null || !metric ? HEATMAP.noData : formatValue(metric.unit, value)}`;
}

export function staleFor({ metrics }: NodeRow, now: number): string {
  return HEATMAP.staleFor(formatDuration(metrics ? now - Date.parse(metrics.sampledAt) : 0));
}

type About = { color: ColorId; now: number; stale: boolean; judge: (row: NodeRow) => Readiness };

export function cellName(row: NodeRow, { color, now, stale, judge }: About, inAlarm = false): string {
  const { metrics } = row;
  const measured = metrics
    ? TREND_IDS.map((id) => {
        const { last } = metrics[id];
        return `${METRICS[id].label} ${last === null ? HEATMAP.noData : formatTrend(id, last)}`;
      })
    : [`CPU, Memory, Network: ${HEATMAP.noData}`];
  const old = isStale(row, now, stale) ? staleFor(row, now) : null;
  const { name, status, statusReason } = row;
  return [name, NODE_STATUSES[status].label, statusReason, inAlarm && HEATMAP.inAlarm, ...measured, coloured(row, color, judge), old]
    .filter(Boolean)
    .join(", ");
}
