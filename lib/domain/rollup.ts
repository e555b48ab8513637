/** A coarser level from a finer one: average, least and most of each metric. Pure; of what rests where, lib/domain/levels.ts knows. */
import { FINEST, pointsOf, type Level } from "./levels";
import { decodeValue, encodeValue, GAP, METRIC_IDS } from "./metrics";
import { pack, unpack } from "./pack";

/** A packed row of a level: it begins at `start`, seconds since 1970. */
export type Chunk = { start: number; data: Uint8Array };

/** One metric over a chunk, point by point. Of the finest level all three are the same. */
export type Series = { average: Uint16Array; least: Uint16Array; most: Uint16Array };

/** By metric, in the order of METRIC_IDS. */
export function readChunk({ data }: Pick<Chunk, "data">, level: Level): Series[] {
  const codes = unpack(data, METRIC_IDS.length * level.statistics, pointsOf(level));
  return METRIC_IDS.map((_, metric) => {
    // unpack gives as many as it is asked for: one or three of each.
    const [average, least = average, most = average] = codes.slice(metric * level.statistics, (metric + 1) * level.statistics) as [
      Uint16Array,
    ];
    return { average, least, most };
  });
}

export const writeChunk = (series: readonly Series[], level: Level): Uint8Array =>
  pack(
    level.statistics === 1 ? series.map(({ average }) => average) : series.flatMap(({ average, least, most }) => [average, least, most]),
  );

/** The chunk of `level` that begins at `start`, from the finer chunks that lie in it; null when they hold nothing at all. */
export function rollUp(finer: readonly Chunk[], from: Level, level: Level, start: number): Uint8Array | null {
  const series = coarser(finer, from, level, start, pointsOf(level));
  return series && writeChunk(series, level);
}

/** So many points of `level` from `start` on, from the finer chunks that lie in them, by metric; null when they hold nothing at all. */
export function coarser(finer: readonly Chunk[], from: Level, level: Level, start: number, points: number): Series[] | null {
  const read = finer.map((chunk) => ({ start: chunk.start, series: readChunk(chunk, from) }));
  let known = false;
  const series = METRIC_IDS.map((id, metric) => {
    const bins = Array.from({ length: points }, () => ({ sum: 0, count: 0, least: GAP, most: -1 }));
    for (const chunk of read) {
      const { average, least, most } = chunk.series[metric] as Series; // readChunk gives every metric
      for (let point = 0; point < average.length; point += 1) {
        const value = decodeValue(id, average[point] ?? GAP);
        const bin = value === null ? undefined : bins[Math.floor((chunk.start + point * from.step - start) / level.step)];
        if (!bin || value === null) continue;
        bin.sum += value;
        bin.count += 1;
        // Codes are in the order of their values.
        bin.least = Math.min(bin.least, least[point] ?? GAP);
        bin.most = Math.max(bin.most, most[point] ?? -1);
        known = true;
      }
    }
    return {
      average: Uint16Array.from(bins, ({ sum, count }) => encodeValue(id, count ? sum / count : null)),
      least: Uint16Array.from(bins, ({ least }) => least),
      most: Uint16Array.from(bins, ({ most }) => (most < 0 ? GAP : most)),
    };
  });
  return known ? series : null;
}

/** Two rows of the finest level and of the same time: the first one, with what the second has where the first has gaps. */
export function joined(data: Uint8Array, other: Uint8Array): Uint8Array {
  const theirs = readWhole(other);
  if (theirs === null) return data;
  return writeChunk(
    readChunk({ data }, FINEST).map(({ average }, metric) => {
      const codes = average.map((code, point) => (code === GAP ? (theirs[metric]?.average[point] ?? GAP) : code));
      return { average: codes, least: codes, most: codes };
    }),
    FINEST,
  );
}

/** Null when its bytes are damaged. */
function readWhole(data: Uint8Array): Series[] | null {
  try {
    return readChunk({ data }, FINEST);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
