import { shareOf, PLOT, type Chart, type ChartGap, type ChartTime } from "./chart";
import { spread } from "./scale";

const LABEL_ROOM = 14;
const HEIGHT = PLOT.height - PLOT.top - PLOT.bottom;
/** Narrower than this part of the plot, a gap has no room for its word; it is told below the charts. */
const WORD_FROM = 0.14;

/** The names of the lines at their ends. A single line needs none: the title says it. */
export function LineLabels({ lines, top }: { lines: Chart["lines"]; top: number }) {
  const ends = lines.flatMap(({ id, label, end, average }) => {
    const value = average.findLast((one) => one !== null);
    return value === null || value === undefined ? [] : [{ id, label: end ?? label, y: (1 - Math.min(1, value / top)) * HEIGHT }];
  });
  if (lines.length < 2) return null;
  const places = spread(
    ends.map(({ y }) => y),
    LABEL_ROOM,
    HEIGHT,
  );
  return (
    <div aria-hidden className="pointer-events-none absolute inset-y-2 right-0 w-19">
      {ends.map(({ id, label }, index) => (
        <span key={id} className="absolute left-0 -translate-y-1/2 text-[11px] leading-none text-muted" style={{ top: places[index] }}>
          {label}
        </span>
      ))}
    </div>
  );
}

/** Where nothing was measured, and why if there is room to say it. */
export function GapBands({ gaps, time }: { gaps: readonly ChartGap[]; time: ChartTime }) {
  return (
    <div aria-hidden className="pointer-events-none absolute top-2 right-20 bottom-5.5 left-16 overflow-hidden">
      {gaps.map(({ from, to, label }) => {
        const [left, right] = [Math.max(0, shareOf(time, from)), Math.min(1, shareOf(time, to))];
        return (
          <div
            key={from}
            className="chart-gap absolute inset-y-0 text-center text-[11px] leading-4 text-muted"
            style={{ left: `${left * 100}%`, width: `${(right - left) * 100}%` }}
          >
            {right - left >= WORD_FROM && <span className="absolute inset-x-0 top-4">{label}</span>}
          </div>
        );
      })}
    </div>
  );
}
