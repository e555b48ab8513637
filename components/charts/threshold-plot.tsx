"use client";

import { memo, useContext, useId, useMemo } from "react";
import { TimeZoneContext } from "@/components/ui/time-zone";
import { dayTime, shortTime, zoneOffset } from "./axis-time";
import { timeTicks } from "./scale";
import { areaPath, linePath, runsOf, type Domain } from "./threshold-scale";

/** Pixels around the plot, as of the other charts; the strip below it shows when it would have been in alarm. */
export const ROOM = { height: 264, top: 12, right: 88, bottom: 44, left: 64, strip: 10 } as const;
const TICK_ROOM = 96;
const DAY = 86_400;

export type Episode = { from: number; to: number | null };

type ThresholdPlotProps = {
  /** The value at index is of the period that ends at start + index * step. Seconds since 1970. */
  start: number;
  step: number;
  values: readonly (number | null)[];
  threshold: number;
  beyond: "above" | "below";
  episodes: readonly Episode[];
  domain: Domain;
  width: number;
  format: (value: number) => string;
};

/** The datapoints, hatched where they are beyond the threshold. Hidden from screen readers, who have the sentence and the table. */
export const ThresholdPlot = memo(function ThresholdPlot({
  start,
  step,
  values,
  threshold,
  beyond,
  episodes,
  domain,
  width,
  format,
}: ThresholdPlotProps) {
  const zone = useContext(TimeZoneContext);
  const id = useId();
  const [inner, height] = [Math.max(1, width - ROOM.left - ROOM.right), ROOM.height - ROOM.top - ROOM.bottom];
  const runs = useMemo(() => runsOf(values, domain, inner, height), [values, domain, inner, height]);
  const end = start + Math.max(1, values.length - 1) * step;
  const x = (at: number) => Math.min(1, Math.max(0, (at - start) / (end - start))) * inner;
  const y = (value: number) => Math.min(height, Math.max(0, height * (1 - (value - domain.low) / (domain.high - domain.low))));
  const { ticks, step: tickStep } = timeTicks(start, end, Math.max(2, Math.floor(inner / TICK_ROOM)), (at) => zoneOffset(at, zone));
  const word = (at: number) =>
    tickStep < DAY && (at + zoneOffset(at, zone)) % DAY !== 0 ? shortTime(at, zone, tickStep < 60) : dayTime(at, zone);
  const marks = domain.low < 0 ? [domain.low, 0, domain.high] : [0, domain.high / 2, domain.high];
  const edge = beyond === "above" ? height : 0;
  const limit = Number.isFinite(threshold) ? y(threshold) : null;
  const strip = height + ROOM.bottom - ROOM.strip - 2;
  return (
    <svg aria-hidden width={width} height={ROOM.height} className="threshold-plot block">
      <defs>
        <pattern id={`${id}-hatch`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" className="fill-danger" fillOpacity="0.16" />
          <rect width="2" height="6" className="fill-danger" />
        </pattern>
        <clipPath id={`${id}-beyond`}>
          {limit !== null && (
            <rect x="0" width={inner} y={beyond === "above" ? 0 : limit} height={beyond === "above" ? limit : height - limit} />
          )}
        </clipPath>
      </defs>
      <g transform={`translate(${ROOM.left} ${ROOM.top})`}>
        {marks.map((mark) => (
          <g key={mark}>
            <path d={`M0 ${Math.round(y(mark)) + 0.5}H${inner}`} stroke="var(--color-line)" />
            <text x="-8" y={y(mark)} dy="0.32em" textAnchor="end">
              {format(mark).replaceAll(" ", "\u00a0")}
            </text>
          </g>
        ))}
        {ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${Math.round(x(tick)) + 0.5} ${height}v4`} stroke="var(--color-control)" />
            <text x={x(tick)} y={height + 17} textAnchor="middle">
              {word(tick)}
            </text>
          </g>
        ))}
        <path d={areaPath(runs, height)} className="fill-accent" fillOpacity="0.07" />
        <path d={areaPath(runs, edge)} fill={`url(#${id}-hatch)`} clipPath={`url(#${id}-beyond)`} />
        <path d={linePath(runs)} fill="none" stroke="var(--color-accent)" strokeWidth="1.5" strokeLinejoin="round" strokeLinecap="round" />
        <path d={`M0 ${strip + ROOM.strip / 2 + 0.5}H${inner}`} stroke="var(--color-line)" />
        {episodes.map(({ from, to }) => (
          <rect
            key={from}
            x={x(from)}
            y={strip}
            width={Math.max(2, x(to ?? end) - x(from))}
            height={ROOM.strip}
            fill={`url(#${id}-hatch)`}
            stroke="var(--color-danger)"
          />
        ))}
      </g>
    </svg>
  );
});
