/**
 * From two looks at a machine's counters to what was going on between them. Time is the machine's own uptime, which no change of its
 * clock moves. What can not be known (a counter that began anew, a file that is missing) is null, never a guess.
 */
import type { MetricId, SurveyedId } from "./metrics";

/** Digits as the kernel wrote them: a 64-bit counter is more than a number holds. */
export type Counter = string;

export type Reading = {
  bootId: string | null;
  /** Since the boot, seconds with hundredths. */
  uptime: number;
  /** Ticks since the boot. */
  cpu: { total: number; idle: number } | null;
  memory: { totalBytes: number; availableBytes: number } | null;
  load: number | null;
  /** By name: bytes received and sent, and whether the cable is in; null when the link is switched off. */
  links: ReadonlyMap<string, { rx: Counter; tx: Counter; carrier: boolean | null }>;
  /** By name: sectors of 512 bytes read and written, and milliseconds in which it was busy. */
  disks: ReadonlyMap<string, { read: Counter; written: Counter; busyMs: Counter }>;
};

/** What each sample brings; the rest comes from the survey. */
export type Measured = Record<Exclude<MetricId, SurveyedId>, number | null>;

/** A rate over a longer time than this says nothing of now; over a shorter one it is of single ticks, or of the login itself. */
const APART_MAX_SECONDS = 90;
const APART_MIN_SECONDS = 1;
const BITS = 8;
const SECTOR_BYTES = 512;
const SAFE_DIGITS = 15;
const WRAP_32 = 2 ** 32;
const HALF_32 = 2 ** 31;
/** No link or disk of today is faster, in bytes per second: what seems to be is a counter that was set anew. */
const RATE_MAX = 1e11;

const restarted = (before: Reading, now: Reading): boolean =>
  now.uptime < before.uptime || (before.bootId !== null && now.bootId !== null && before.bootId !== now.bootId);

/** Whether there is a later reading to wait for: with this one the rates would be of too short a time. */
export const isTooSoon = (before: Reading | null, now: Reading): boolean =>
  before !== null && !restarted(before, now) && now.uptime - before.uptime < APART_MIN_SECONDS;

/** What a reading says in the light of the one before it, if there is one of the same boot and of lately. */
export function measure(before: Reading | null, now: Reading): Measured {
  const seconds = before && !restarted(before, now) ? now.uptime - before.uptime : 0;
  const known = seconds >= APART_MIN_SECONDS && seconds <= APART_MAX_SECONDS ? before : null;
  const rate = (sum: number | null): number | null => (sum === null ? null : sum / seconds);
  return {
    cpu: known && cpuShare(known.cpu, now.cpu),
    memory: now.memory && now.memory.totalBytes > 0 ? inShare(1 - now.memory.availableBytes / now.memory.totalBytes) : null,
    networkRx: known && rate(times(BITS, grown(known.links, now.links, "rx", RATE_MAX * seconds))),
    networkTx: known && rate(times(BITS, grown(known.links, now.links, "tx", RATE_MAX * seconds))),
    diskRead: known && rate(times(SECTOR_BYTES, grown(known.disks, now.disks, "read", (RATE_MAX / SECTOR_BYTES) * seconds))),
    diskWrite: known && rate(times(SECTOR_BYTES, grown(known.disks, now.disks, "written", (RATE_MAX / SECTOR_BYTES) * seconds))),
    diskBusy: known && busiest(known.disks, now.disks, seconds),
    load: now.load,
  };
}

const inShare = (value: number): number => Math.min(1, Math.max(0, value));
const times = (factor: number, sum: number | null): number | null => (sum === null ? null : sum * factor);

/** Waiting for a disk is idle. The kernel lets idle time fall back by a tick now and then. */
function cpuShare(before: Reading["cpu"], now: Reading["cpu"]): number | null {
  if (!before || !now) return null;
  const total = now.total - before.total;
  return total > 0 ? inShare(1 - Math.max(0, now.idle - before.idle) / total) : null;
}

/** By how much a counter grew; null when it began anew. Some drivers count in 32 bits: from their upper half they may have wrapped. */
export function growth(before: Counter, now: Counter): number | null {
  if (now.length > SAFE_DIGITS || before.length > SAFE_DIGITS) {
    const difference = BigInt(now) - BigInt(before);
    return difference >= 0n ? Number(difference) : null;
  }
  const [from, to] = [Number(before), Number(now)];
  if (to >= from) return to - from;
  const wrapped = to + WRAP_32 - from;
  return from >= HALF_32 && from < WRAP_32 && wrapped < HALF_32 ? wrapped : null;
}

/** Over all that both readings name: what came or went meanwhile does not count. Null when one of them began anew (or grew by more than `most`), or nothing is left. */
function grown<Key extends string>(
  before: ReadonlyMap<string, Record<Key, unknown>>,
  now: ReadonlyMap<string, Record<Key, unknown>>,
  key: Key,
  most: number,
): number | null {
  let [sum, known] = [0, 0];
  for (const [name, counters] of now) {
    const from = before.get(name);
    if (!from) continue;
    const more = growth(from[key] as Counter, counters[key] as Counter); // the keys that are asked for are counters
    if (more === null || more > most) return null;
    sum += more;
    known += 1;
  }
  return known > 0 ? sum : null;
}

const SECOND_MS = 1000;

/** The share of the time in which the busiest disk had something to do. */
function busiest(before: Reading["disks"], now: Reading["disks"], seconds: number): number | null {
  let most: number | null = null;
  for (const [name, { busyMs }] of now) {
    const from = before.get(name);
    const ms = from ? growth(from.busyMs, busyMs) : null;
    if (ms !== null) most = Math.max(most ?? 0, inShare(ms / SECOND_MS / seconds));
  }
  return most;
}
