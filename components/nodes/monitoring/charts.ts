import type { Chart, ChartLine, Look } from "@/components/charts/chart";
import type { HistoryAnswer } from "@/lib/domain/history-request";
import { FORMATS } from "@/lib/domain/metric-format";
import { METRICS, TREND_IDS, type MetricId, type TrendId } from "@/lib/domain/metrics";
import { MONITORING } from "@/lib/messages/monitoring";

type ChartRow = { id: string; title: string; lines: readonly { metric: MetricId; label: string; end?: string }[] };

/** The charts of the tab, in their order: a row is a chart. */
export const CHARTS: readonly ChartRow[] = [
  { id: "cpu", title: "CPU", lines: [{ metric: "cpu", label: "Used" }] },
  { id: "memory", title: "Memory", lines: [{ metric: "memory", label: "Used" }] },
  {
    id: "network",
    title: "Network",
    lines: [
      { metric: "networkRx", label: "Rx" },
      { metric: "networkTx", label: "Tx" },
    ],
  },
  {
    id: "disk",
    title: "Disk",
    lines: [
      { metric: "diskRead", label: "Read" },
      { metric: "diskWrite", label: "Write" },
    ],
  },
  { id: "busy", title: "Busiest disk", lines: [{ metric: "diskBusy", label: "Busy" }] },
  { id: "load", title: "Load", lines: [{ metric: "load", label: "Load, 1 min" }] },
  {
    id: "space",
    title: "Partitions free",
    lines: [
      { metric: "freeRoot", label: "/" },
      { metric: "freeLog", label: "/var/log" },
      { metric: "freeData", label: "/mnt/data", end: "…/data" },
      { metric: "freeContainers", label: "/mnt/containers", end: "…/containers" },
    ],
  },
];

/** The least that stands at the top, so that quiet looks quiet: 100 kb/s, 100 kB/s, a load of one, a GiB, one thing. */
const LEAST_TOP = { share: 1, "bit/s": 100_000, "byte/s": 100_000, load: 1, byte: 2 ** 30, count: 1 } as const;

const isTrend = (metric: MetricId): metric is TrendId => (TREND_IDS as readonly MetricId[]).includes(metric);

/** A chart with what was read; without an answer its lines are there and have no points, so that nothing moves when it comes. */
export function chartOf({ id, title, lines }: ChartRow, answer: HistoryAnswer | null, compare: boolean): Chart {
  const [first] = lines;
  const unit = METRICS[first?.metric ?? "cpu"].unit;
  const drawn = lines.map(({ metric, ...names }, index): ChartLine => {
    const series = answer?.series[metric];
    return {
      id: metric,
      ...names,
      look: Math.min(index, 3) as Look, // there are no more than four lines
      average: series?.average ?? [],
      ...(series && { least: series.least, most: series.most }),
    };
  });
  const beside = lines.flatMap(({ metric, label }, index): ChartLine[] => {
    if (!compare || !isTrend(metric)) return [];
    const name = lines.length > 1 ? `${MONITORING.median} ${label}` : MONITORING.median;
    return [{ id: `${metric} median`, label: name, look: index === 0 ? "beside" : "beside-2", average: answer?.median?.[metric] ?? [] }];
  });
  return {
    id,
    title,
    lines: [...drawn, ...beside],
    ...(unit === "share" && { top: 1 }),
    leastTop: LEAST_TOP[unit],
    format: FORMATS[unit],
  };
}

/** Whether anything was measured, point by point. */
export function knownPoints({ series }: HistoryAnswer): boolean[] {
  const columns = Object.values(series);
  return (columns[0]?.average ?? []).map((_, point) => columns.some(({ average }) => (average[point] ?? null) !== null));
}
