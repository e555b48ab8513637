import { PLOT, plotOf, shareOf, worstLast, type Chart, type ChartGap, type ChartMark, type ChartTime } from "./chart";
import { spread } from "./scale";

const LABEL_ROOM = 14;
/** Narrower than this part of the plot, a gap has no room for its word; it is told below the charts. */
const WORD_FROM = 0.14;

/** The names of the lines at their ends. A single line needs none: the title says it. */
export function LineLabels({ lines, top, width }: { lines: Chart["lines"]; top: number; width: number }) {
  const room = plotOf(width).height - PLOT.top - PLOT.bottom;
  const ends = lines.flatMap(({ id, label, end, average }) => {
    const value = average.findLast((one) => one !== null);
    return value === null || value === undefined ? [] : [{ id, label: end ?? label, y: (1 - Math.min(1, value / top)) * room }];
  });
  if (lines.length < 2) return null;
  const places = spread(
    ends.map(({ y }) => y),
    LABEL_ROOM,
    room,
  );
  return (
    <div aria-hidden className="pointer-events-none absolute inset-y-2 right-0 w-19 @max-[447.98px]:hidden">
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
    <div aria-hidden className="pointer-events-none absolute top-2 right-(--plot-right) bottom-5.5 left-16 overflow-hidden">
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

/** By tone, so that colour does not say it alone: full, hollow, and a mere point. */
const FLAGS = {
  danger: <path d="M0 0H9L4.5 7Z" className="fill-(--tone)" />,
  warning: <path d="M1 .75H8L4.5 6Z" className="fill-page stroke-(--tone)" strokeWidth="1.25" />,
  neutral: <circle cx="4.5" cy="3" r="2.25" className="fill-(--tone)" />,
} as const;

/** What happened: a line in every chart, with a flag on it. */
export function MarkLines({ marks, time }: { marks: readonly ChartMark[]; time: ChartTime }) {
  return (
    <div aria-hidden className="pointer-events-none absolute top-2 right-(--plot-right) bottom-5.5 left-16">
      {worstLast(marks).map(({ id, at, tone }) => (
        <div
          key={id}
          data-tone={tone}
          className="chart-mark absolute inset-y-0 border-s border-dotted border-(--tone)"
          style={{ left: `${shareOf(time, at) * 100}%` }}
        >
          <svg width={9} height={7} className="absolute -top-1.5 -left-1.25">
            {FLAGS[tone]}
          </svg>
        </div>
      ))}
    </div>
  );
}
