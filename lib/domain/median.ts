/** What is usual in the region: the median over its nodes of what the list shows as sparklines, point by point. */
import { pointsOf, type Level } from "./levels";
import { decodeValue, encodeValue, GAP, METRIC_IDS, TREND_IDS, type TrendId } from "./metrics";
import { unpack } from "./pack";
import { writeChunk } from "./rollup";
import { RING_MINUTES, type Ring } from "./trends";

/** Under which the medians rest among the rows of the nodes; no node has it. */
export const REGION_ID = "00000000-0000-0000-0000-000000000000";

/** Of codes, the code of the median of their values; sorts them in place. Between two in the middle it is their mean. */
export function medianCode(id: TrendId, codes: number[]): number {
  if (codes.length === 0) return GAP;
  codes.sort((a, b) => a - b); // codes are in the order of their values
  const [left = GAP, right = GAP] = [codes[(codes.length - 1) >> 1], codes[codes.length >> 1]];
  if (left === right) return left;
  const [low, high] = [decodeValue(id, left) ?? 0, decodeValue(id, right) ?? 0]; // no gaps are taken in
  return encodeValue(id, (low + high) / 2);
}

/** Takes in the rows of one chunk, node after node. Of 1,000 nodes and an hour of minutes it holds 2 MB. */
export class Medians {
  private readonly codes: number[][][];

  constructor(private readonly level: Level) {
    this.codes = TREND_IDS.map(() => Array.from({ length: pointsOf(level) }, () => []));
  }

  add(data: Uint8Array): void {
    // The trends come first in a row, so the rest of it is not even unpacked.
    const { statistics } = this.level;
    const read = unpack(data, TREND_IDS.length * statistics, pointsOf(this.level));
    for (const [trend, points] of this.codes.entries())
      for (const [point, codes] of points.entries()) {
        const code = read[trend * statistics]?.[point] ?? GAP;
        if (code !== GAP) codes.push(code);
      }
  }

  /** Packed as a row of the level; null when nothing was measured. */
  row(): Uint8Array | null {
    if (this.codes.every((points) => points.every(({ length }) => length === 0))) return null;
    const gaps = new Uint16Array(pointsOf(this.level)).fill(GAP);
    const series = METRIC_IDS.map((_, metric) => {
      const id = TREND_IDS[metric];
      const average = id ? Uint16Array.from(this.codes[metric] ?? [], (codes) => medianCode(id, codes)) : gaps;
      return { average, least: average, most: average };
    });
    return writeChunk(series, this.level);
  }
}

/** The medians of the last hour up to `minute` (since 1970), oldest first: the codes of each minute, in the order of TREND_IDS. */
export function ringMedians(rings: readonly Ring[], minute: number): { minute: number; codes: number[] }[] {
  return Array.from({ length: RING_MINUTES }, (_, index) => {
    const at = minute - RING_MINUTES + 1 + index;
    const held = rings.filter(({ minute: newest }) => at <= newest && at > newest - RING_MINUTES);
    const slot = (at % RING_MINUTES) * TREND_IDS.length;
    const codes = TREND_IDS.map((id, trend) =>
      medianCode(
        id,
        held.map((ring) => ring.codes[slot + trend] ?? GAP).filter((code) => code !== GAP),
      ),
    );
    return { minute: at, codes };
  });
}
