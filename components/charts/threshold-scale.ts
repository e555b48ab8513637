/** What the chart of a threshold draws: which values its axis has, and its lines as SVG paths. Pure; values in the unit that is typed. */
import { roundTop } from "./scale";

export type Domain = { low: number; high: number };

/** Room above what is largest, so that the threshold's line is never at the very edge. */
const ROOM = 1.12;
const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);

/** `full` is the value that always stands at the top, such as 100 %; null: a round number above the largest. */
export function domainOf(values: readonly (number | null)[], threshold: number, full: number | null): Domain {
  const all = Number.isFinite(threshold) ? [threshold, ...known(values)] : known(values);
  const [least, most] = all.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [0, 0]);
  const low = least < 0 ? -roundTop(-least * ROOM, 1) : 0;
  return { low, high: full !== null && most <= full ? full : roundTop(most * ROOM, 1) };
}

/** What an arrow key moves: about a hundredth of the axis, and a round number. */
export function stepOf({ low, high }: Domain): number {
  const power = 10 ** Math.floor(Math.log10((high - low) / 100));
  const [step = 1] = [1, 2, 5].filter((candidate) => candidate * power >= ((high - low) / 100) * 0.999);
  return (high - low) / 100 > 5 * power ? 10 * power : step * power;
}

/** A dragged value is as round as an arrow key makes it. */
export const rounded = (value: number, step: number): number => Number((Math.round(value / step) * step).toPrecision(12));

type Point = { x: number; y: number };
export type Run = readonly Point[];

/**
 * Points that belong together, in pixels; a gap ends a run. Where there are more values than pixels, each pixel keeps its least and its
 * greatest: nothing that is beyond the threshold is lost.
 */
export function runsOf(values: readonly (number | null)[], { low, high }: Domain, width: number, height: number): Run[] {
  const x = (index: number) => (values.length > 1 ? (index / (values.length - 1)) * width : width / 2);
  const y = (value: number) => height * (1 - (value - low) / (high - low));
  const each = Math.max(1, Math.floor(values.length / Math.max(1, width)));
  const runs: Point[][] = [];
  let run: Point[] | null = null;
  for (let from = 0; from < values.length; from += each) {
    const bucket = values.slice(from, from + each);
    const there = known(bucket);
    if (there.length === 0) {
      run = null;
      continue;
    }
    if (!run) runs.push((run = []));
    const [least, most] = [Math.min(...there), Math.max(...there)];
    run.push({ x: x(from), y: y(most) });
    if (least < most) run.push({ x: x(from), y: y(least) });
  }
  return runs;
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** A lonely point is a dot. */
export const linePath = (runs: readonly Run[]): string =>
  runs.map((run) => `M${run.map(({ x, y }) => `${tenth(x)} ${tenth(y)}`).join("L")}${run.length === 1 ? "h.1" : ""}`).join("");

/** Between the line and an edge: `y` is the edge's. */
export const areaPath = (runs: readonly Run[], y: number): string =>
  runs
    .filter((run) => run.length > 1)
    .map(
      (run) =>
        `M${tenth(run[0]?.x ?? 0)} ${y}L${run.map((point) => `${tenth(point.x)} ${tenth(point.y)}`).join("L")}L${tenth(run.at(-1)?.x ?? 0)} ${y}Z`,
    )
    .join("");
