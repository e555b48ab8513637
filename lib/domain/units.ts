/** How quantities, ages and names are written and ordered. Pure text: no locale, no clock. */
const KIB = 1024;
const SECOND_MS = 1000;
const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

/** At most one decimal, and none above a hundred: 7.7, 64, 1.2. */
const short = (value: number): string => (value >= 100 ? value.toFixed(0) : String(Number(value.toFixed(1))));

function scaled(value: number, base: number, units: readonly string[]): string {
  let rest = value;
  let index = 0;
  // Compares what will be shown: 1023.97 GiB is written 1 TiB, not 1024 GiB.
  while (Number(short(rest)) >= base && index < units.length - 1) {
    rest /= base;
    index += 1;
  }
  return `${short(rest)} ${units[index]}`;
}

/** Memory, binary: 68719476736 is "64 GiB". */
export const formatBytes = (bytes: number): string => scaled(bytes, KIB, ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]);

/** Disks, decimal as their makers count: 3840755982336 is "3.8 TB". */
export const formatDisk = (bytes: number): string => scaled(bytes, 1000, ["B", "kB", "MB", "GB", "TB", "PB"]);

/** Link speed from Mb/s: 25000 is "25 Gb/s". */
export const formatSpeed = (mbps: number): string => scaled(mbps, 1000, ["Mb/s", "Gb/s", "Tb/s"]);

/** A share from 0 to 1: 0.204 is "20 %". */
export const formatPercent = (share: number): string => `${Math.round(share * 100)} %`;

/** Traffic from bits per second: 2100000000 is "2.1 Gb/s". */
export const formatRate = (bitsPerSecond: number): string => scaled(bitsPerSecond, 1000, ["b/s", "kb/s", "Mb/s", "Gb/s", "Tb/s"]);

/** There and back on a network: 0.214 is "0.21 ms", 12.4 is "12 ms". */
export const formatRoundTrip = (ms: number): string => `${ms < 10 ? Number(ms.toFixed(2)) : Math.round(ms)} ms`;

/** A span in its largest units: "40 s", "12 min", "3 h 12 min", "88 d". */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS));
  if (seconds < MINUTE_S) return `${seconds} s`;
  if (seconds < HOUR_S) return `${Math.floor(seconds / MINUTE_S)} min`;
  if (seconds >= DAY_S) return `${Math.floor(seconds / DAY_S)} d`;
  const minutes = Math.floor((seconds % HOUR_S) / MINUTE_S);
  return minutes ? `${Math.floor(seconds / HOUR_S)} h ${minutes} min` : `${Math.floor(seconds / HOUR_S)} h`;
}

/** How long ago, in one unit: "just now", "3 s ago", "4 min ago", "3 h ago", "2 d ago". A time in the future counts as now. */
export const formatAge = (ms: number): string => (ms < SECOND_MS ? "just now" : `${roughDuration(ms)} ago`);

const HOUR_MS = HOUR_S * SECOND_MS;
/** A duration in one unit, where there is no room for two: "3 s", "4 min", "3 h", "2 d". */
export const roughDuration = (ms: number): string => formatDuration(ms < HOUR_MS ? ms : ms - (ms % HOUR_MS));

/** Order of names as people count: compute-2 before compute-10. Same names in other letters stay apart, so the order is total. */
export function compareNames(a: string, b: string): number {
  const left = a.toLowerCase().match(/\d+|\D+/g) ?? [];
  const right = b.toLowerCase().match(/\d+|\D+/g) ?? [];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const order = compareParts(left[index] ?? "", right[index] ?? "");
    if (order) return order;
  }
  return left.length - right.length || compareText(a, b);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function compareParts(a: string, b: string): number {
  if (!/^\d/.test(a) || !/^\d/.test(b)) return compareText(a, b);
  const [x, y] = [a.replace(/^0+(?=\d)/, ""), b.replace(/^0+(?=\d)/, "")];
  // Longer without leading zeros is larger; works for numbers of any length.
  return x.length - y.length || compareText(x, y);
}

const MAX_NAME_LENGTH = 63;

/**
 * A free name: `wanted` itself, or the next of its row (compute-west-01 with -01 and -02 taken gives compute-west-03).
 * Names differ only in letters' case count as taken.
 */
export function suggestName(wanted: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  if (!used.has(wanted.toLowerCase())) return wanted;
  const [, stem = wanted, digits = ""] = /^(.*?)(\d{1,9})$/.exec(wanted) ?? [];
  const prefix = (digits ? stem : `${wanted}-`).slice(-(MAX_NAME_LENGTH - 10));
  let next = nextNumber(prefix, digits ? Number(digits) : 1, taken);
  const named = () => `${prefix}${String(next).padStart(digits.length, "0")}`;
  while (used.has(named().toLowerCase())) next += 1;
  return named();
}

/** One more than the highest number in the row. */
function nextNumber(prefix: string, from: number, taken: readonly string[]): number {
  const inRow = taken.filter((name) => name.toLowerCase().startsWith(prefix.toLowerCase())).map((name) => name.slice(prefix.length));
  return Math.max(from, ...inRow.filter((rest) => /^\d{1,9}$/.test(rest)).map(Number)) + 1;
}
