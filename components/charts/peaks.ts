import type { ChartLine } from "./chart";

/** From this part of the axis on, what was least or most stands out of the average. */
const STANDS_OUT = 0.1;

/**
 * Where a line's least or most stands out, point by point, with the average on both sides: an edge along all of a band would hide the
 * line, and none would leave a minute of a week one pale pixel. Null where nothing stands out, or nothing was measured.
 */
export function peaksOf({ average, least, most }: ChartLine, top: number): ([number, number] | null)[] {
  const far = (a: number, b: number | null | undefined) => b !== null && b !== undefined && Math.abs(a - b) > STANDS_OUT * top;
  const standsOut = average.map((value, point) => value !== null && (far(value, least?.[point]) || far(value, most?.[point])));
  return average.map((value, point) => {
    if (value === null) return null;
    if (standsOut[point]) return [least?.[point] ?? value, most?.[point] ?? value];
    return standsOut[point - 1] || standsOut[point + 1] ? [value, value] : null;
  });
}
