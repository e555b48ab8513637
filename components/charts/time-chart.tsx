"use client";

import { useContext, useId, useMemo, type ReactNode } from "react";
import { onDemand } from "@/components/ui/on-demand";
import { TimeZoneContext } from "@/components/ui/time-zone";
import { MONITORING } from "@/lib/messages/monitoring";
import { momentName } from "./axis-time";
import { marksAt, middleOf, type Chart, type ChartGap, type ChartMark, type ChartTime } from "./chart";
import { ChartLegend } from "./chart-legend";
import { ChartTable } from "./chart-table";
import type { DrawnChartProps } from "./drawn-chart";
import { GapBands, LineLabels, MarkLines } from "./plot-labels";
import { PlotOverlay } from "./plot-overlay";
import { roundTop } from "./scale";
import { useWidth } from "./use-width";

// In its place, not in a dialog for each of them.
const NotLoaded = () => <p className="grid h-full place-items-center text-center text-sm text-muted">{MONITORING.notLoaded}</p>;
const DrawnChart = onDemand<DrawnChartProps>(() =>
  import("./drawn-chart").then(
    (module) => module.DrawnChart,
    () => NotLoaded,
  ),
);

type TimeChartProps = {
  chart: Chart;
  /** null: nothing was read yet; the room is kept. */
  time: ChartTime | null;
  marks: readonly ChartMark[];
  gaps: readonly ChartGap[];
  /** Stands below, at the end of the line. */
  aside?: ReactNode;
  onZoom: (from: number, to: number) => void;
  onStep: (step: "in" | "out", at: number) => void;
};

/** One chart over time: its numbers, its lines, and the same as a table. */
export function TimeChart({ chart, time, marks, gaps, aside, onZoom, onStep }: TimeChartProps) {
  const zone = useContext(TimeZoneContext);
  const headingId = useId();
  const { ref, width } = useWidth();
  const top = useMemo(() => chart.top ?? roundTop(largest(chart), chart.leastTop), [chart]);
  const describe = (point: number) => {
    if (!time) return "";
    const values = chart.lines.map(({ label, average }) => {
      const value = average[point] ?? null;
      return `${label} ${value === null ? MONITORING.nothingAt : chart.format(value)}`;
    });
    const happened = marksAt(time, point, marks).map(({ text }) => text);
    return `${momentName(middleOf(time, point), time, zone)}: ${[values.join(", "), ...happened].join(". ")}`;
  };
  return (
    <section aria-labelledby={headingId} className="@container flex min-w-0 flex-col">
      <div className="flex-1">
        <ChartLegend chart={chart} time={time} headingId={headingId} />
      </div>
      <div ref={ref} dir="ltr" className="chart-plot relative mt-1 overflow-hidden">
        {time && width > 0 && (
          <>
            <div aria-hidden className="size-full">
              <DrawnChart chart={chart} time={time} top={top} width={width} />
            </div>
            <GapBands gaps={gaps} time={time} />
            <MarkLines marks={marks} time={time} />
            <LineLabels lines={chart.lines} top={top} width={width} />
            <PlotOverlay label={MONITORING.moment(chart.title)} time={time} describe={describe} onZoom={onZoom} onStep={onStep} />
          </>
        )}
      </div>
      <div className="relative">
        <ChartTable chart={chart} time={time} />
        {aside && <div className="no-print absolute end-0 top-1">{aside}</div>}
      </div>
    </section>
  );
}

const largest = ({ lines }: Chart): number =>
  lines.reduce((most, line) => (line.most ?? line.average).reduce<number>((a, b) => Math.max(a, b ?? 0), most), 0);
