/** What a chart over time is made of. Times are seconds since 1970. */

/** Looks differ in their dashes first, and in colour as well. */
export type Look = 0 | 1 | 2 | 3 | "beside" | "beside-2";

export type ChartLine = {
  id: string;
  label: string;
  /** A shorter name, where its end stands beside the plot. */
  end?: string;
  look: Look;
  /** By point; null where nothing was measured. */
  average: readonly (number | null)[];
  /** Left out where a point is no more than one value. */
  least?: readonly (number | null)[];
  most?: readonly (number | null)[];
};

export type Chart = {
  id: string;
  title: string;
  lines: readonly ChartLine[];
  /** The value at the top; left out, a round number above the largest, and this at least. */
  top?: number;
  leastTop: number;
  format: (value: number) => string;
};

/** The span that all charts of a page share: what is shown, and where its points stand. */
export type ChartTime = { from: number; to: number; start: number; step: number; count: number };

/** Something that happened; `text` says what. */
export type ChartMark = { id: string; at: number; tone: "danger" | "warning" | "neutral"; text: string };
export type ChartGap = { from: number; to: number; label: string };

export const STROKES: Record<Look, { stroke: string; dashes?: string; width: number }> = {
  0: { stroke: "var(--color-accent)", width: 1.5 },
  1: { stroke: "var(--color-fresh)", dashes: "5 3", width: 1.5 },
  2: { stroke: "var(--color-planned)", dashes: "1.5 3", width: 1.75 },
  3: { stroke: "var(--color-warning)", dashes: "8 3 1.5 3", width: 1.5 },
  beside: { stroke: "var(--color-muted)", dashes: "2 4", width: 1.25 },
  "beside-2": { stroke: "var(--color-muted)", dashes: "7 4 1.5 4", width: 1.25 },
};

/**
 * Pixels around the plot: the same for all charts of a width, so that one moment stands below the other. A narrow one has no room for the
 * names of the lines at its end; its legend has them. What stands above the drawing has the same from the styles of `chart-plot`.
 */
export const PLOT = { top: 8, bottom: 22, left: 64 } as const;
const [NARROW, ROOM_FOR_NAMES, ROOM_FOR_NONE] = [448, 80, 16];
const HEIGHT = { least: 168, most: 280, share: 0.3 } as const;

export const plotOf = (width: number): { height: number; right: number } => ({
  height: Math.round(Math.min(HEIGHT.most, Math.max(HEIGHT.least, width * HEIGHT.share))),
  right: width < NARROW ? ROOM_FOR_NONE : ROOM_FOR_NAMES,
});

/** The point at a moment, or null outside. */
export function pointAt({ start, step, count }: ChartTime, at: number): number | null {
  const point = Math.floor((at - start) / step);
  return point >= 0 && point < count ? point : null;
}

/** What happened in a point's time. */
export const marksAt = ({ start, step }: ChartTime, point: number, marks: readonly ChartMark[]): ChartMark[] =>
  marks.filter(({ at }) => at >= start + point * step && at < start + (point + 1) * step);

const LOUDNESS = { neutral: 0, warning: 1, danger: 2 } as const;

/** In the order in which they are drawn: the worst lies on top of what it covers. */
export const worstLast = (marks: readonly ChartMark[]): ChartMark[] => marks.toSorted((a, b) => LOUDNESS[a.tone] - LOUDNESS[b.tone]);

/** Where a moment stands between the edges, from 0 to 1. */
export const shareOf = ({ from, to }: ChartTime, at: number): number => (at - from) / (to - from);

/** The middle of a point: it tells of the whole time around it. */
export const middleOf = ({ start, step }: ChartTime, point: number): number => start + (point + 0.5) * step;

export type Summary = { least: number | null; average: number | null; most: number | null };

/** Over everything that is shown. */
export function summaryOf({ average, least = average, most = average }: ChartLine): Summary {
  const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
  const [low, mean, high] = [known(least), known(average), known(most)];
  if (mean.length === 0) return { least: null, average: null, most: null };
  const of = (values: number[], pick: (a: number, b: number) => number) => values.reduce((a, b) => pick(a, b));
  return { least: of(low, Math.min), average: of(mean, (a, b) => a + b) / mean.length, most: of(high, Math.max) };
}
