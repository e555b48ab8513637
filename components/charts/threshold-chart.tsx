"use client";

import { useContext, useMemo, useState } from "react";
import { TimeZoneContext } from "@/components/ui/time-zone";
import { dayTime, shortTime } from "./axis-time";
import { ChartTable } from "./chart-table";
import { ROOM, ThresholdPlot, type Episode } from "./threshold-plot";
import { domainOf, type Domain } from "./threshold-scale";
import { ThresholdSlider } from "./threshold-slider";
import { useWidth } from "./use-width";

export type ThresholdChartProps = {
  title: string;
  start: number;
  step: number;
  /** In the unit that a threshold is typed in; the value at index is of the period that ends at start + index * step. */
  values: readonly (number | null)[];
  /** NaN while it is no number. */
  threshold: number;
  beyond: "above" | "below";
  episodes: readonly Episode[];
  /** The value that always stands at the top, e.g. 100 %. */
  full: number | null;
  format: (value: number) => string;
  /** null: there is no threshold to show, as of a status. */
  slider: { label: string; words: string } | null;
  onThreshold?: (threshold: number) => void;
};

/** Datapoints against a threshold, and when that would have been an alarm. */
export function ThresholdChart({ title, slider, onThreshold, ...about }: ThresholdChartProps) {
  const { start, step, values, threshold, full, format } = about;
  const { ref, width } = useWidth();
  const follows = useDomain(values, threshold, full);
  // The axis stands still while the threshold is dragged over it.
  const [held, setHeld] = useState<Domain | null>(null);
  const domain = held ?? follows;
  const table = useMemo(
    () => ({ id: title, title, lines: [{ id: title, label: title, look: 0 as const, average: values }], leastTop: 1, format }),
    [title, values, format],
  );
  const time = { from: start - step, to: start + (values.length - 1) * step, start: start - step, step, count: values.length };
  return (
    <div className="grid min-w-0">
      <div ref={ref} dir="ltr" className="relative h-66 overflow-hidden">
        {width > 0 && (
          <>
            <ThresholdPlot {...about} domain={domain} width={width} />
            <Readout {...about} width={width} />
            {slider && Number.isFinite(threshold) && (
              <ThresholdSlider
                {...slider}
                value={threshold}
                domain={domain}
                tag={format(threshold)}
                onChange={onThreshold}
                onHold={(dragged) => setHeld(dragged ? domain : null)}
              />
            )}
          </>
        )}
      </div>
      <ChartTable chart={table} time={time} />
    </div>
  );
}

/** The same object while its ends are the same: the drawing hangs on it. */
function useDomain(values: readonly (number | null)[], threshold: number, full: number | null): Domain {
  const { low, high } = useMemo(() => domainOf(values, threshold, full), [values, threshold, full]);
  return useMemo(() => ({ low, high }), [low, high]);
}

type ReadoutProps = Pick<ThresholdChartProps, "start" | "step" | "values" | "format"> & { width: number };

/** What was measured where the pointer is. */
function Readout({ start, step, values, format, width }: ReadoutProps) {
  const zone = useContext(TimeZoneContext);
  const [at, setAt] = useState<number | null>(null);
  const inner = width - ROOM.left - ROOM.right;
  const value = at === null ? null : values[at];
  const moment = start + (at ?? 0) * step;
  const left = ROOM.left + (values.length > 1 ? ((at ?? 0) / (values.length - 1)) * inner : 0);
  return (
    <div
      role="presentation"
      className="absolute inset-0"
      onPointerMove={({ clientX, currentTarget }) => {
        const share = (clientX - currentTarget.getBoundingClientRect().left - ROOM.left) / inner;
        setAt(share < 0 || share > 1 ? null : Math.round(share * (values.length - 1)));
      }}
      onPointerLeave={() => setAt(null)}
    >
      {at !== null && (
        <>
          <span aria-hidden className="pointer-events-none absolute top-3 bottom-11 border-s border-control" style={{ left }} />
          <span
            aria-hidden
            className="pointer-events-none absolute top-0 rounded-sm border border-line bg-raised px-1.5 text-xs whitespace-nowrap"
            style={left > width / 2 ? { right: width - left + 6 } : { left: left + 6 }}
          >
            {dayTime(moment, zone)} {shortTime(moment, zone, step < 60)}{" "}
            <b className="font-semibold">{value === null || value === undefined ? "—" : format(value)}</b>
          </span>
        </>
      )}
    </div>
  );
}
