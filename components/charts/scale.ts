/** Where the lines of a chart's axes stand. Pure: the zone is given as its offset. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TIME_STEPS = [
  10,
  30,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  28 * DAY,
  91 * DAY,
];

/** Their halves are round as well. */
const ROUND = [1, 2, 4, 6, 8, 10];

/** The round number at or above the largest value; never nothing, so that quiet is drawn at the ground. */
export function roundTop(largest: number, least: number): number {
  const wanted = Math.max(largest, least);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return (ROUND.find((step) => step * power >= wanted * 0.999) ?? 10) * power;
}

/**
 * Round moments between two (seconds since 1970), at most so many. `offset` gives the seconds that the reader's clock is ahead of UTC at a
 * moment: "round" is what his clock shows.
 */
export function timeTicks(from: number, to: number, most: number, offset: (at: number) => number): { ticks: number[]; step: number } {
  const step = TIME_STEPS.find((candidate) => (to - from) / candidate <= most) ?? 91 * DAY;
  const begin = Math.ceil((from + offset(from)) / step) * step;
  const ticks: number[] = [];
  // Of a day with a change of clocks the wall clock decides.
  for (let wall = begin; ; wall += step) {
    const at = wall - offset(wall - offset(from));
    if (at > to) return { ticks, step };
    // An hour that the clock leaves out begins where the one before does.
    if (at >= from && at > (ticks.at(-1) ?? -1)) ticks.push(at);
  }
}

/** Moves labels apart that would overlap, from the top down; all stay between 0 and `height`. In the order given. */
export function spread(positions: readonly number[], room: number, height: number): number[] {
  const order = positions.map((_, index) => index).toSorted((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0));
  const placed = [...positions];
  let free = 0;
  for (const index of order) {
    placed[index] = Math.max(free, placed[index] ?? 0);
    free = (placed[index] ?? 0) + room;
  }
  let ceiling = height;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(ceiling, placed[index] ?? 0);
    ceiling = (placed[index] ?? 0) - room;
  }
  return placed;
}
