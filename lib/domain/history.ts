/**
 * What was measured of a node over a span of time, as points of equal width. Pure: which width, which level for which part of the
 * span, and how packed rows become points. All times are seconds since 1970.
 */
import { beginOf, FINEST, LEVELS, type Level } from "./levels";
import { decodeValue, GAP, METRIC_IDS, METRICS, type MetricId } from "./metrics";
import { readChunk, type Chunk } from "./rollup";

/** From one point to the next; each is a whole number of some level's steps. */
const STEPS = [10, 20, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800, 345_600, 691_200, 1_382_400];

/** What is there of a node in a level: since when, and up to when the level is complete. Null: nothing. */
export type Extent = { earliest: number | null; until: number | null };
/** In the order of LEVELS. */
export type Extents = readonly Extent[];

/** The value of each point; null where nothing was measured. */
export type Statistics = { average: (number | null)[]; least: (number | null)[]; most: (number | null)[] };
export type History = { start: number; step: number; series: Record<MetricId, Statistics> };

/**
 * The finest width with at most `mostPoints` points that is not finer than what is kept from the begin of the span on, nor than
 * samples are taken: a node that is sampled every 30 s is not full of holes at 10 s.
 */
export function stepOf(from: number, to: number, mostPoints: number, extents: Extents, intervalSeconds: number): number {
  const least = Math.max((to - from) / mostPoints, finestKept(from, extents).step, intervalSeconds);
  // A span that begins in the middle of a point has one point more.
  const fits = (step: number) => step >= least && (beginOf(to - 1, step) - beginOf(from, step)) / step < mostPoints;
  return STEPS.find(fits) ?? (STEPS.at(-1) as number); // there are some
}

/** What is finer goes first: the finest level that begins where the span does, or where the node's history does. */
function finestKept(from: number, extents: Extents): Level {
  const reaches = (index: number): boolean => {
    const earliest = extents[index]?.earliest ?? null;
    if (earliest === null) return false;
    if (earliest <= from) return true;
    // A coarser row begins before the first sample in it.
    return LEVELS.every((coarser, other) => {
      const before = extents[other]?.earliest ?? null;
      return other <= index || before === null || beginOf(earliest, coarser.chunk) <= before;
    });
  };
  return LEVELS.find((_, index) => reaches(index)) ?? FINEST;
}

export type Piece = { level: Level; from: number; to: number };

/**
 * Which level to read for which part of a span: the coarsest that fits the width as far as it is complete, then finer ones. The
 * finest is never complete, and has the end.
 */
export function piecesOf(from: number, to: number, step: number, extents: Extents): Piece[] {
  const pieces: Piece[] = [];
  let cursor = from;
  for (const [index, level] of [...LEVELS.entries()].toReversed()) {
    if (step % level.step !== 0) continue;
    const until = level === FINEST ? to : Math.min(to, beginOf(extents[index]?.until ?? 0, level.chunk));
    if (until <= cursor) continue;
    pieces.push({ level, from: cursor, to: until });
    cursor = until;
  }
  return pieces;
}

type Bin = { sum: number; weight: number; least: number; most: number };

/** Gathers packed rows of any level into points of one width. */
export class Bins {
  private readonly bins: Bin[][];

  /** `start` is a whole number of steps. */
  constructor(
    readonly start: number,
    readonly step: number,
    readonly count: number,
  ) {
    this.bins = METRIC_IDS.map(() => Array.from({ length: count }, () => ({ sum: 0, weight: 0, least: GAP, most: -1 })));
  }

  /** Of a row, what lies in the piece. */
  addChunk(chunk: Chunk, { level, from, to }: Piece): void {
    for (const [metric, { average, least, most }] of readChunk(chunk, level).entries())
      for (let point = 0; point < average.length; point += 1) {
        const at = chunk.start + point * level.step;
        if (at >= from && at < to) this.add(metric, at, level.step, average[point] ?? GAP, least[point], most[point]);
      }
  }

  /** One code of the metric with this number, which holds for so many seconds. */
  add(metric: number, at: number, seconds: number, average: number, least = average, most = average): void {
    const bin = this.bins[metric]?.[Math.floor((at - this.start) / this.step)];
    const id = METRIC_IDS[metric];
    const value = id && decodeValue(id, average);
    if (!bin || value === null || value === undefined) return;
    bin.sum += value * seconds;
    bin.weight += seconds;
    // Codes are in the order of their values.
    bin.least = Math.min(bin.least, least);
    bin.most = Math.max(bin.most, most);
  }

  of(id: MetricId): Statistics {
    const bins = this.bins[METRIC_IDS.indexOf(id)] ?? [];
    const shown = (value: number | null) => (value === null ? null : tidy(id, value));
    return {
      average: bins.map(({ sum, weight }) => (weight > 0 ? tidy(id, sum / weight) : null)),
      least: bins.map(({ least }) => shown(decodeValue(id, least))),
      most: bins.map(({ most }) => (most < 0 ? null : shown(decodeValue(id, most)))),
    };
  }

  history(): History {
    const { start, step } = this;
    // Every id is there.
    return { start, step, series: Object.fromEntries(METRIC_IDS.map((id) => [id, this.of(id)])) as History["series"] };
  }
}

/** No more digits than were measured: codes are exact to a two-thousandth, or to a seventh of a per cent. */
function tidy(id: MetricId, value: number): number {
  const { unit } = METRICS[id];
  if (unit === "share") return Math.round(value * 10_000) / 10_000;
  return unit === "load" || unit === "count" ? Math.round(value * 100) / 100 : Math.round(Number(value.toPrecision(4)));
}
