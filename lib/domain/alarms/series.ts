/**
 * What alarms read of a node: its packed samples, unpacked once for all of them, as a series of each metric. All times are seconds
 * since 1970; what stands at a moment is what was so from then until the next step.
 */
import { pointsOf, type Level } from "../levels";
import { GAP, METRIC_IDS, METRICS, type MetricId } from "../metrics";
import { readChunk, type Chunk, type Series } from "../rollup";
import type { Statistic } from "./choices";
import type { AlarmMetricId } from "./metrics";

/** One value each `step` seconds from `start` on; NaN where there is none. */
export type SampleSeries = {
  start: number;
  step: number;
  values: Float64Array;
  /** How many samples a value stands for: 1, or of a coarser level about so many. Sums and counts of samples need it. */
  samples: number;
};

/** Chunks of one level, in any order. */
export type NodeSamples = { level: Level; chunks: readonly { start: number; series: readonly Series[] }[] };

/** Throws when bytes are damaged. */
export const unpackSamples = (chunks: readonly Chunk[], level: Level): NodeSamples => ({
  level,
  chunks: chunks.map((chunk) => ({ start: chunk.start, series: readChunk(chunk, level) })),
});

export type Gap = { from: number; to: number };

export type Stretch = {
  from: number;
  to: number;
  /** How often the node is sampled. */
  intervalSeconds: number;
  /** Its newest sample, where that is before `from`; a later one is in the samples. null: it was never sampled. */
  newest: number | null;
  /** When nobody asked the node, because nobody was there to ask; oldest first. */
  unwatched?: readonly Gap[];
};

/** Which metrics can be read from samples. */
export type MeasuredId = (AlarmMetricId & MetricId) | DerivedId;

/**
 * A metric of a node over a stretch of time, whose ends are rounded to the level's steps. Of coarser levels a minimum is made of the least
 * and a maximum of the most; percentiles are those of averages, and the throughput's least and most those of Rx and Tx together.
 */
export function seriesOf(samples: NodeSamples, metric: MeasuredId, statistic: Statistic, stretch: Stretch): SampleSeries {
  const { step } = samples.level;
  const start = Math.floor(stretch.from / step) * step;
  const length = Math.max(0, Math.ceil((stretch.to - start) / step));
  const read: Reader = (id) => readMetric(samples, id, PARTS[statistic] ?? "average", start, length);
  const values = isDerived(metric) ? DERIVED[metric](read, samples, { ...stretch, start, step, length }) : read(metric);
  return { start, step, values, samples: Math.max(1, step / stretch.intervalSeconds) };
}

type Part = keyof Series;
const PARTS: Partial<Record<Statistic, Part>> = { Minimum: "least", Maximum: "most" };
type Reader = (id: MetricId) => Float64Array;
type Grid = Stretch & { start: number; step: number; length: number };

/** Made of what is measured. */
const DERIVED = {
  throughput: (read) => {
    const [received, sent] = [read("networkRx"), read("networkTx")];
    // Without one of the two there is no sum: NaN and a number is NaN.
    return received.map((rate, at) => rate + (sent[at] ?? Number.NaN));
  },
  /**
   * Seconds since the newest sample, at each moment, as far as somebody was there to take one; of a node that was never sampled nothing
   * is known.
   */
  heartbeatAge: (_read, samples, { start, step, length, newest, unwatched = [] }) => {
    let last = newest !== null && newest < start ? newest : Number.NaN;
    return sampledAt(samples, start, length).map((sampled, at) => {
      const now = start + at * step;
      if (sampled) last = now;
      return Math.max(0, now - last - within(unwatched, last, now));
    });
  },
} as const satisfies Record<string, (read: Reader, samples: NodeSamples, grid: Grid) => Float64Array>;
const within = (gaps: readonly Gap[], from: number, to: number): number =>
  gaps.reduce((sum, gap) => sum + Math.max(0, Math.min(gap.to, to) - Math.max(gap.from, from)), 0);
type DerivedId = keyof typeof DERIVED;
const isDerived = (metric: MeasuredId): metric is DerivedId => Object.hasOwn(DERIVED, metric);

/** The part of a chunk that lies in a grid: its first point there, the one after its last, and where the first stands in the grid. */
function overlap(chunk: number, { level }: NodeSamples, start: number, length: number): { first: number; end: number; shift: number } {
  const shift = (chunk - start) / level.step;
  return { first: Math.max(0, -shift), end: Math.min(pointsOf(level), length - shift), shift };
}

function readMetric(samples: NodeSamples, id: MetricId, part: Part, start: number, length: number): Float64Array {
  const values = new Float64Array(length).fill(Number.NaN);
  const metric = METRIC_IDS.indexOf(id);
  const { decode } = METRICS[id].scale;
  for (const chunk of samples.chunks) {
    const codes = chunk.series[metric]?.[part];
    const { first, end, shift } = overlap(chunk.start, samples, start, length);
    for (let point = first; codes && point < end; point += 1) {
      const code = codes[point] ?? GAP;
      if (code !== GAP) values[shift + point] = decode(code);
    }
  }
  return values;
}

/** 1 at each moment at which anything at all was measured. */
function sampledAt(samples: NodeSamples, start: number, length: number): Float64Array {
  const seen = new Float64Array(length);
  for (const { start: chunk, series } of samples.chunks) {
    const { first, end, shift } = overlap(chunk, samples, start, length);
    for (let point = first; point < end; point += 1)
      if (series.some(({ average }) => (average[point] ?? GAP) !== GAP)) seen[shift + point] = 1;
  }
  return seen;
}

/** What a fact was from when to when. */
export type FactSpan = { from: number; to: number; value: number };

/** A fact over time; where nothing is known is NaN. */
export function factSeries(spans: readonly FactSpan[], { from, to, step }: { from: number; to: number; step: number }): SampleSeries {
  const start = Math.floor(from / step) * step;
  const values = new Float64Array(Math.max(0, Math.ceil((to - start) / step))).fill(Number.NaN);
  // What was so at a moment holds until the next.
  for (const span of spans)
    values.fill(span.value, Math.max(0, Math.ceil((span.from - start) / step)), Math.max(0, Math.ceil((span.to - start) / step)));
  return { start, step, values, samples: 1 };
}
