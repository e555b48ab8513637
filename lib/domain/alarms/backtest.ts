/**
 * What a rule would have done: the evaluation of production, round by round over the past. A day of samples takes milliseconds, because
 * the datapoint of a window serves every round whose range it is in. Seconds since 1970.
 */
import type { AlarmState } from "./choices";
import type { AlarmRule } from "./config";
import { windowsOf } from "./datapoints";
import { decide, markOf, MARKS, rangeLength, type Seen } from "./evaluate";
import { rhythmOf, roundOf } from "./schedule";
import type { SampleSeries } from "./series";

/** In alarm from one round to another; `to` null: still at the end. */
export type Episode = { from: number; to: number | null };

export type Backtest = {
  from: number;
  to: number;
  /** Oldest first. One that begins at `from` was there before. */
  episodes: Episode[];
  /** At the end. */
  state: AlarmState;
};

/** The rounds after `from`, the last of them at `to` or before. `startState` is the alarm's state at `from`. */
export function backtest(series: SampleSeries, rule: AlarmRule, from: number, to: number, startState: AlarmState): Backtest {
  const rhythm = rhythmOf(rule.periodSeconds);
  const first = roundOf(from, rule.periodSeconds) + rhythm;
  const rounds = Math.max(0, Math.floor((to - first) / rhythm) + 1);
  const length = rangeLength(rule);
  // A period is a whole number of rounds, so that every window ends at a round.
  const stride = rule.periodSeconds / rhythm;
  const before = (length - 1) * stride;
  const seen = ranges(marksOf(series, rule, first - before * rhythm, rhythm, before + rounds), stride, length, rule.evaluationPeriods);

  const episodes: Episode[] = startState === "ALARM" ? [{ from, to: null }] : [];
  let state = startState;
  for (let round = 0; round < rounds; round += 1) {
    const becomes = decide(seen(before + round), rule, state);
    if (becomes !== state) note(episodes, first + round * rhythm, becomes);
    state = becomes;
  }
  return { from, to, episodes, state };
}

/** How each window stands to the threshold, of which the first ends at `end` and the others `rhythm` later each. */
function marksOf(series: SampleSeries, rule: AlarmRule, end: number, rhythm: number, count: number): Uint8Array {
  const windows = windowsOf(series, rule);
  const marks = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) marks[index] = markOf(windows(end + index * rhythm), rule);
  return marks;
}

/**
 * What the evaluation at the end of each window sees. Its range is that window and those a period before each other, `stride` marks apart;
 * counted on along each such row, so that a range of 8,640 datapoints takes no longer than one of three.
 */
function ranges(marks: Uint8Array, stride: number, length: number, atMost: number): (index: number) => Seen {
  const rowLength = Math.ceil(marks.length / stride);
  /** In the row of a window, up to it: how many are there, and how many of them breach. */
  const real = new Uint32Array(marks.length);
  const breaching = new Uint32Array(marks.length);
  /** Row by row, where each that is there stands. */
  const places = new Uint32Array(rowLength * stride);
  const upTo = (counts: Uint32Array, index: number): number => counts[index] ?? 0; // before the first: none
  for (let index = 0; index < marks.length; index += 1) {
    const mark = marks[index];
    const had = upTo(real, index - stride);
    real[index] = had + (mark === MARKS.missing ? 0 : 1);
    breaching[index] = upTo(breaching, index - stride) + (mark === MARKS.breaching ? 1 : 0);
    if (mark !== MARKS.missing) places[(index % stride) * rowLength + had] = index;
  }
  return (index) => {
    const all = upTo(real, index);
    const seen = Math.min(atMost, all - upTo(real, index - length * stride));
    if (seen === 0) return { real: 0, breaching: 0, oldest: 0 };
    const oldest = places[(index % stride) * rowLength + all - seen] ?? 0;
    return {
      real: seen,
      breaching: upTo(breaching, index) - upTo(breaching, oldest - stride),
      oldest: (index - oldest) / stride + 1,
    };
  };
}

function note(episodes: Episode[], at: number, becomes: AlarmState): void {
  if (becomes === "ALARM") {
    episodes.push({ from: at, to: null });
    return;
  }
  const open = episodes.at(-1);
  if (open?.to === null) open.to = at;
}
