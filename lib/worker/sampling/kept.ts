/** What this worker knows of a node that it samples: the hour of its sparklines and the ten minutes that are under way. */
import { beginOf, FINEST, pointsOf } from "../../domain/levels";
import { decodeValue, encodeValue, GAP, METRIC_COUNT, METRIC_IDS, TREND_IDS, type Values } from "../../domain/metrics";
import { pack, unpack } from "../../domain/pack";
import { bytesOfCodes, codesOfBytes, type SampleNews } from "../../domain/sample-wire";
import { emptyRing, setMinute, type Ring } from "../../domain/trends";
import type { NodeNow, Row } from "../../services/metrics/write";

const MINUTE = 60;
const POINTS = pointsOf(FINEST);
const TRENDS = TREND_IDS.length;
const gaps = (length: number): Uint16Array => new Uint16Array(length).fill(GAP);

export class Kept {
  /** Of the machine's last boot that was seen. */
  bootId: string | null = null;
  private sampledAt = 0;
  private ring: Ring = emptyRing();
  private last = gaps(METRIC_COUNT);
  private chunkStart = 0;
  private chunk = Array.from({ length: METRIC_COUNT }, () => gaps(POINTS));

  constructor(readonly id: string) {}

  /** Goes on from what another worker (or this one, before a restart) has written. Damaged bytes are not worth a gap in what comes. */
  static from(row: NodeNow): Kept {
    const kept = new Kept(row.id);
    kept.bootId = row.bootId;
    kept.sampledAt = row.sampledAt;
    kept.ring = { minute: row.ringMinute, codes: codesOfBytes(row.ring) };
    kept.last.set(codesOfBytes(row.last).subarray(0, METRIC_COUNT));
    kept.chunkStart = row.chunkStart;
    kept.chunk = unpack(row.chunk, METRIC_COUNT, POINTS);
    return kept;
  }

  /**
   * Takes a sample in. `slot` is the moment it was due, `at` when it came, seconds since 1970: the slot decides where it stands, so that a
   * slow answer leaves no hole. Returns the chunk before, when this sample begins a new one.
   */
  add(values: Values, slot: number, at: number): Row | null {
    const start = beginOf(slot, FINEST.chunk);
    if (start < this.chunkStart) return null; // the clock was set back: these ten minutes are written already
    const finished = start > this.chunkStart && this.chunkStart > 0 ? this.finished() : null;
    if (start > this.chunkStart) {
      this.chunkStart = start;
      this.chunk = Array.from({ length: METRIC_COUNT }, () => gaps(POINTS));
    }
    const point = Math.floor((slot - start) / FINEST.step);
    for (const [metric, id] of METRIC_IDS.entries()) {
      const code = encodeValue(id, values[id]);
      const series = this.chunk[metric];
      // Twice in one slot happens after a reconnect; a first reading knows no rates, and takes none away.
      if (series && code !== GAP) series[point] = code;
      this.last[metric] = code;
    }
    this.sampledAt = Math.max(at, this.sampledAt);
    setMinute(this.ring, Math.floor(slot / MINUTE), this.minuteOf(slot));
    return finished;
  }

  /** The mean of the minute so far. */
  private minuteOf(slot: number): Uint16Array {
    const first = Math.floor((beginOf(slot, MINUTE) - this.chunkStart) / FINEST.step);
    return Uint16Array.from(TREND_IDS, (id, metric) => {
      const known: number[] = [];
      for (let point = first; point < first + MINUTE / FINEST.step; point += 1) {
        const value = decodeValue(id, this.chunk[metric]?.[point] ?? GAP);
        if (value !== null) known.push(value);
      }
      return encodeValue(id, known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null);
    });
  }

  private finished = (): Row => ({ id: this.id, start: this.chunkStart, data: pack(this.chunk) });

  toRow(): NodeNow {
    return {
      id: this.id,
      sampledAt: this.sampledAt,
      bootId: this.bootId,
      ringMinute: this.ring.minute,
      ring: bytesOfCodes(this.ring.codes),
      last: bytesOfCodes(this.last),
      chunkStart: this.chunkStart,
      chunk: pack(this.chunk),
    };
  }

  news(): SampleNews {
    const slot = (this.ring.minute % MINUTE) * TRENDS;
    return {
      id: this.id,
      at: Math.floor(this.sampledAt),
      last: this.last.slice(0, TRENDS),
      minute: this.ring.codes.slice(slot, slot + TRENDS),
    };
  }
}
