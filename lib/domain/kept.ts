/**
 * What is kept of a node that is sampled: the hour of its sparklines and the ten minutes that are under way. Pure: the worker holds one
 * for each of its nodes, and whoever reads what it has written makes one from the rows.
 */
import { beginOf, FINEST, pointsOf } from "./levels";
import { decodeValue, encodeValue, GAP, METRIC_COUNT, METRIC_IDS, TREND_IDS, type Values } from "./metrics";
import { pack, unpack } from "./pack";
import { STALE_SECONDS } from "./sample-times";
import { bytesOfCodes, codesOfBytes, readTail, writeTail, type SampleNews, type TailSample } from "./sample-wire";
import { emptyRing, fillMinutes, minuteCodes, setMinute, turnBack, type Ring } from "./trends";
import type { Chunk } from "./rollup";

/** The newest sample, as it is written each time. `sampledAt` in seconds since 1970, with fractions. */
export type NodeNow = { id: string; sampledAt: number; bootId: string | null; last: Uint8Array; tail: Uint8Array };

/** The hour and the ten minutes that are under way, as they are written once a minute. `chunkStart` in seconds since 1970. */
export type NodeHourRow = { id: string; ringMinute: number; ring: Uint8Array; chunkStart: number; chunk: Uint8Array };

const MINUTE = 60;
const POINTS = pointsOf(FINEST);
/** Samples that may stand beside the hour before it is written anew. */
const TAIL_MAX = 6;
/** Two workers' clocks differ by less: a sample that is this much older than the one before it means that the database's clock was set back. */
export const SET_BACK_SECONDS = 10;
const gaps = (length: number): Uint16Array => new Uint16Array(length).fill(GAP);

export class Kept {
  /** Of the machine's last boot that was seen. */
  bootId: string | null = null;
  private sampledAt = 0;
  private last = gaps(METRIC_COUNT);
  private ring: Ring = emptyRing();
  private chunkStart = 0;
  private chunk = Array.from({ length: METRIC_COUNT }, () => gaps(POINTS));
  private tail: TailSample[] = [];
  private hourIsDue = true;

  constructor(readonly id: string) {}

  /** Goes on from what another worker (or this one, before a restart) has written. Throws when its bytes are damaged. */
  static from(now: NodeNow, hour: NodeHourRow | undefined): Kept {
    const kept = new Kept(now.id);
    kept.bootId = now.bootId;
    if (hour) {
      kept.ring = { minute: hour.ringMinute, codes: codesOfBytes(hour.ring) };
      kept.chunkStart = hour.chunkStart;
      kept.chunk = unpack(hour.chunk, METRIC_COUNT, POINTS);
    }
    for (const { slot, codes } of readTail(now.tail)) kept.take(codes, slot);
    kept.last.set(codesOfBytes(now.last).subarray(0, METRIC_COUNT));
    kept.sampledAt = now.sampledAt;
    return kept;
  }

  /**
   * Takes a sample in. `due` is the moment it was due, `at` when it came, seconds since 1970: the first decides where it stands, so that a
   * slow answer leaves no hole. Returns the chunk before, when this sample begins a new one.
   */
  add(values: Values, due: number, at: number): (Chunk & { id: string }) | null {
    if (at < this.sampledAt - SET_BACK_SECONDS) this.turnBack(at);
    const slot = due > at + SET_BACK_SECONDS ? at : due;
    const codes = Uint16Array.from(METRIC_IDS, (id) => encodeValue(id, values[id]));
    const finished = this.take(codes, slot);
    this.last = codes.map((code, metric) => (code === GAP ? this.lately(metric, slot) : code));
    this.sampledAt = Math.max(at, this.sampledAt);
    return finished;
  }

  /** The newest value of these ten minutes that is not stale before the next sample is due: a worker's first reading of a node knows no rates. */
  private lately(metric: number, slot: number): number {
    const point = Math.floor((slot - this.chunkStart) / FINEST.step);
    const until = Math.max(0, point + 1 - STALE_SECONDS / FINEST.step);
    return this.chunk[metric]?.slice(until, point + 1).findLast((code) => code !== GAP) ?? GAP;
  }

  /** The clock was set back: what lies after now never was. What is written of these ten minutes already is written anew. */
  private turnBack(at: number): void {
    const start = beginOf(at, FINEST.chunk);
    const from = start < this.chunkStart ? 0 : Math.floor((at - start) / FINEST.step) + 1;
    if (start <= this.chunkStart) for (const series of this.chunk) series.fill(GAP, from);
    this.chunkStart = Math.min(start, this.chunkStart);
    turnBack(this.ring, Math.floor(at / MINUTE));
    this.tail = this.tail.filter(({ slot }) => slot <= at);
    this.sampledAt = at;
    this.hourIsDue = true;
  }

  /** What another worker has written of the node while this one was held up: it has what this one lacks. */
  join(other: Kept): void {
    if (other.chunkStart > this.chunkStart) [this.chunkStart, this.chunk] = [other.chunkStart, other.chunk];
    else if (other.chunkStart === this.chunkStart)
      for (const [metric, series] of this.chunk.entries())
        for (const [point, code] of series.entries()) if (code === GAP) series[point] = other.chunk[metric]?.[point] ?? GAP;
    fillMinutes(this.ring, other.ring);
    if (other.sampledAt > this.sampledAt) [this.sampledAt, this.last, this.bootId] = [other.sampledAt, other.last, other.bootId];
    // Its samples stand in the hour that is written next, whole.
    this.tail = [];
    this.hourIsDue = true;
  }

  private take(codes: Uint16Array, slot: number): (Chunk & { id: string }) | null {
    const start = beginOf(slot, FINEST.chunk);
    if (start < this.chunkStart) return null; // these ten minutes are written already
    const finished = start > this.chunkStart && this.chunkStart > 0 ? { id: this.id, ...this.open() } : null;
    if (start > this.chunkStart) {
      this.chunkStart = start;
      for (const series of this.chunk) series.fill(GAP);
      this.hourIsDue = true;
    }
    const point = Math.floor((slot - start) / FINEST.step);
    for (const [metric, series] of this.chunk.entries()) {
      const code = codes[metric] ?? GAP;
      // Twice in one slot happens after a reconnect; a first reading knows no rates, and takes none away.
      if (code !== GAP) series[point] = code;
    }
    setMinute(this.ring, Math.floor(slot / MINUTE), this.minuteOf(slot));
    this.tail.push({ slot: Math.floor(slot), codes });
    return finished;
  }

  /** The mean of the minute so far. */
  private minuteOf(slot: number): Uint16Array {
    const first = Math.floor((beginOf(slot, MINUTE) - this.chunkStart) / FINEST.step);
    return Uint16Array.from(TREND_IDS, (id, metric) => {
      let [sum, count] = [0, 0];
      for (let point = first; point < first + MINUTE / FINEST.step; point += 1) {
        const value = decodeValue(id, this.chunk[metric]?.[point] ?? GAP);
        if (value === null) continue;
        sum += value;
        count += 1;
      }
      return encodeValue(id, count > 0 ? sum / count : null);
    });
  }

  /** The ten minutes that are under way. */
  open(): Chunk {
    return { start: this.chunkStart, data: pack(this.chunk) };
  }

  /** What is to be written: the newest sample, and once a minute the hour. `written` is to be called when it is. */
  toRows(): { now: NodeNow; hour: NodeHourRow | null; written: () => void } {
    const { id, sampledAt, bootId, last, ring, tail, chunkStart } = this;
    const due = this.hourIsDue || tail.length >= TAIL_MAX;
    const now = { id, sampledAt, bootId, last: bytesOfCodes(last), tail: writeTail(due ? [] : tail) };
    if (!due) return { now, hour: null, written: () => undefined };
    const { start, data } = this.open();
    const waiting = tail.length;
    const written = () => {
      // Samples may have come meanwhile.
      this.tail = this.tail.slice(waiting);
      if (this.chunkStart === chunkStart) this.hourIsDue = false;
    };
    return { now, hour: { id, ringMinute: ring.minute, ring: bytesOfCodes(ring.codes), chunkStart: start, chunk: data }, written };
  }

  news(): SampleNews {
    return { id: this.id, at: Math.floor(this.sampledAt), last: this.last.slice(0, TREND_IDS.length), minute: minuteCodes(this.ring) };
  }
}
