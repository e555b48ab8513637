/**
 * The last hour of a node, a point a minute, for its sparklines: a ring of codes that is written in the worker, rests in PostgreSQL,
 * and travels to the browser as it is. Slot m mod 60 holds minute m (since 1970), one code for each of TREND_IDS.
 */
import { decodeValue, GAP, TREND_IDS, type TrendId } from "./metrics";

export const RING_MINUTES = 60;
const WIDTH = TREND_IDS.length;

export type Ring = {
  /** The newest minute in it. */
  minute: number;
  codes: Uint16Array;
};

export const emptyRing = (): Ring => ({ minute: 0, codes: new Uint16Array(RING_MINUTES * WIDTH).fill(GAP) });

/** Sets a minute's codes, in place. Minutes that were skipped become gaps; one that is older than the ring is not taken. */
export function setMinute(ring: Ring, minute: number, codes: ArrayLike<number>): void {
  if (minute <= ring.minute - RING_MINUTES) return;
  for (let skipped = Math.max(ring.minute + 1, minute - RING_MINUTES + 1); skipped < minute; skipped += 1) fill(ring, skipped, []);
  ring.minute = Math.max(ring.minute, minute);
  fill(ring, minute, codes);
}

function fill({ codes }: Ring, minute: number, values: ArrayLike<number>): void {
  const slot = (minute % RING_MINUTES) * WIDTH;
  for (let trend = 0; trend < WIDTH; trend += 1) codes[slot + trend] = values[trend] ?? GAP;
}

/** What lies after a minute goes, in place. */
export function turnBack(ring: Ring, minute: number): void {
  for (let later = Math.max(minute + 1, ring.minute - RING_MINUTES + 1); later <= ring.minute; later += 1) fill(ring, later, []);
  ring.minute = Math.min(ring.minute, minute);
}

/** Takes from another ring, in place, what this one has gaps for and what is newer than it. */
export function fillMinutes(ring: Ring, other: Ring): void {
  const newest = Math.max(ring.minute, other.minute);
  for (let minute = newest - RING_MINUTES + 1; minute <= newest; minute += 1) {
    const [own, theirs] = [codesAt(ring, minute), codesAt(other, minute)];
    if (theirs) setMinute(ring, minute, own ? own.map((code, trend) => (code === GAP ? (theirs[trend] ?? GAP) : code)) : theirs);
  }
}

const codesAt = ({ minute: newest, codes }: Ring, minute: number): Uint16Array | null =>
  minute > newest || minute <= newest - RING_MINUTES ? null : minuteCodes({ minute, codes });

/** The newest minute's codes, of which setMinute was told last. */
export const minuteCodes = ({ minute, codes }: Ring): Uint16Array =>
  codes.slice((minute % RING_MINUTES) * WIDTH, (minute % RING_MINUTES) * WIDTH + WIDTH);

/** One metric's hour up to `minute`, oldest first; what the ring does not hold is null. */
export function trendPoints({ minute: newest, codes }: Ring, id: TrendId, minute: number): (number | null)[] {
  const trend = TREND_IDS.indexOf(id);
  return Array.from({ length: RING_MINUTES }, (_, index) => {
    const at = minute - RING_MINUTES + 1 + index;
    if (at > newest || at <= newest - RING_MINUTES) return null;
    return decodeValue(id, codes[(at % RING_MINUTES) * WIDTH + trend] ?? GAP);
  });
}

/** A measured value now and lately, oldest first; what was not measured is null. */
export type Trend = { last: number | null; points: readonly (number | null)[] };

/** What sampling knows of a node: shares from 0 to 1, network in bits per second. */
export type NodeMetrics = Record<TrendId, Trend> & { sampledAt: string };

const MINUTE = 60;
const MS = 1000;

/**
 * For whoever shows it. Without a ring there are no points yet. They are decoded when they are drawn: of a thousand nodes, forty are in
 * sight. `at` in seconds since 1970.
 */
export function metricsOf(last: ArrayLike<number>, at: number, ring?: Ring): NodeMetrics {
  const minute = Math.max(Math.floor(at / MINUTE), ring?.minute ?? 0);
  const trend = (id: TrendId, index: number): Trend => {
    const newest = decodeValue(id, last[index] ?? GAP);
    if (!ring) return { last: newest, points: [] };
    let points: Trend["points"] | undefined;
    return {
      last: newest,
      get points() {
        return (points ??= trendPoints(ring, id, minute));
      },
    };
  };
  // Every trend is there.
  const trends = Object.fromEntries(TREND_IDS.map((id, index) => [id, trend(id, index)])) as Record<TrendId, Trend>;
  return { ...trends, sampledAt: new Date(at * MS).toISOString() };
}
