"use client";

import { memo, useContext, useMemo } from "react";
import { Area, CartesianGrid, ComposedChart, Line, XAxis, YAxis } from "recharts";
import { TimeZoneContext } from "@/components/ui/time-zone";
import { dayTime, shortTime, zoneOffset } from "./axis-time";
import { middleOf, PLOT, plotOf, STROKES, type Chart, type ChartTime } from "./chart";
import { peaksOf } from "./peaks";
import { timeTicks } from "./scale";

export type DrawnChartProps = { chart: Chart; time: ChartTime; top: number; width: number };

const TICK_ROOM = 96;
const DAY = 86_400;
const TEXT = { fill: "var(--color-muted)", fontSize: 11 };
const BAND_OPACITY = 0.18;
const PEAK_OPACITY = 0.6;

type Point = { at: number } & Record<string, number | null | [number, number]>;

/** The lines and axes, drawn once for what was read; whatever moves with the pointer stands above them. Hidden from screen readers, who have the table. */
export const DrawnChart = memo(function DrawnChart({ chart: { lines, format }, time, top, width }: DrawnChartProps) {
  const zone = useContext(TimeZoneContext);
  const points = useMemo(() => pointsOf(lines, time, top), [lines, time, top]);
  const { height, right } = plotOf(width);
  const { ticks, step } = timeTicks(time.from, time.to, Math.max(2, Math.floor((width - PLOT.left - right) / TICK_ROOM)), (at) =>
    zoneOffset(at, zone),
  );
  const word = (at: number) => (step < DAY && (at + zoneOffset(at, zone)) % DAY !== 0 ? shortTime(at, zone, step < 60) : dayTime(at, zone));
  return (
    <ComposedChart
      width={width}
      height={height}
      data={points}
      margin={{ top: PLOT.top, right, bottom: 0, left: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--color-line)" />
      <XAxis
        dataKey="at"
        type="number"
        domain={[time.from, time.to]}
        allowDataOverflow
        height={PLOT.bottom}
        ticks={ticks}
        interval={0}
        tickFormatter={word}
        tick={TEXT}
        tickMargin={6}
        tickSize={3}
        stroke="var(--color-control)"
      />
      <YAxis
        type="number"
        domain={[0, top]}
        allowDataOverflow
        width={PLOT.left}
        ticks={[0, top / 2, top]}
        interval={0}
        tickFormatter={(value: number) => axisWord(format(value))}
        tick={TEXT}
        tickMargin={6}
        tickLine={false}
        axisLine={false}
      />
      {lines.flatMap(({ id, look, least }) =>
        least
          ? (["band", "peaks"] as const).map((part) => (
              <Area
                key={`${id} ${part}`}
                dataKey={`${id} ${part}`}
                stroke={part === "peaks" ? STROKES[look].stroke : "none"}
                strokeOpacity={PEAK_OPACITY}
                strokeWidth={1}
                fill={part === "band" ? STROKES[look].stroke : "none"}
                fillOpacity={BAND_OPACITY}
                isAnimationActive={false}
                activeDot={false}
              />
            ))
          : [],
      )}
      {lines.map(({ id, look }) => (
        <Line
          key={id}
          dataKey={id}
          stroke={STROKES[look].stroke}
          strokeWidth={STROKES[look].width}
          strokeDasharray={STROKES[look].dashes ?? "0"}
          strokeLinecap="round"
          strokeLinejoin="round"
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
      ))}
    </ComposedChart>
  );
});

/** In one line (Recharts breaks at a space), and a whole number without its zeros. */
const axisWord = (word: string): string => word.replace(/\.0+$/, "").replaceAll(" ", "\u00a0");

function pointsOf(lines: Chart["lines"], time: ChartTime, top: number): Point[] {
  const peaks = lines.map((line) => (line.least ? peaksOf(line, top) : []));
  return Array.from({ length: time.count }, (_, index) => {
    const point: Point = { at: middleOf(time, index) };
    for (const [place, { id, average, least, most }] of lines.entries()) {
      point[id] = average[index] ?? null;
      const [low, high] = [least?.[index] ?? null, most?.[index] ?? null];
      if (!least) continue;
      point[`${id} band`] = low === null || high === null ? null : [low, high];
      point[`${id} peaks`] = peaks[place]?.[index] ?? null;
    }
    return point;
  });
}
