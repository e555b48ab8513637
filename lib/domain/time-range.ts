/** Which span of time a page shows: it stands in the address, so that a link shows the same. Times are seconds since 1970. */

const HOUR = 3600;
export const DAY_SECONDS = 24 * HOUR;
export const SHORTEST_SECONDS = 60;
export const LONGEST_SECONDS = 800 * DAY_SECONDS;

/** Up to now, and moving on with it. */
export const RANGES = { "1h": HOUR, "6h": 6 * HOUR, "24h": DAY_SECONDS, "7d": 7 * DAY_SECONDS } as const;
export type RangeId = keyof typeof RANGES;

export type TimeRange = { kind: "relative"; id: RangeId } | { kind: "fixed"; from: number; to: number };

/** Where the address says nothing. */
const FIRST: RangeId = "1h";
const NAMES = ["range", "from", "to"] as const;

const isRange = (word: string | null): word is RangeId => word !== null && Object.hasOwn(RANGES, word);

/** ISO 8601 with a zone, e.g. 2026-11-26T12:00:00Z. */
const momentOf = (word: string | null): number =>
  word && /T.*(Z|[+-]\d\d:\d\d)$/.test(word) ? Math.floor(Date.parse(word) / 1000) : Number.NaN;

/** What the address says; what it does not say right is the last hour. */
export function parseRange(search: URLSearchParams): TimeRange {
  const id = search.get("range");
  if (isRange(id)) return { kind: "relative", id };
  const [from, to] = [momentOf(search.get("from")), momentOf(search.get("to"))];
  return isSpan(from, to) ? { kind: "fixed", from, to } : { kind: "relative", id: FIRST };
}

/** Whether the address names a span that can not be shown: a link that lost its end, or one typed by hand. */
export const isMisread = (search: URLSearchParams): boolean => {
  const range = parseRange(search);
  return range.kind === "relative" && search.get("range") !== range.id && NAMES.some((name) => search.has(name));
};

/** Whether it may be asked for. NaN is no moment. */
export const isSpan = (from: number, to: number): boolean => from >= 0 && to - from >= SHORTEST_SECONDS && to - from <= LONGEST_SECONDS;

const iso = (at: number): string => new Date(at * 1000).toISOString().replace(".000Z", "Z");

/** The address's parameters with this range; the others stay. */
export function formatRange(range: TimeRange, search: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const name of NAMES) next.delete(name);
  if (range.kind === "relative") {
    if (range.id !== FIRST) next.set("range", range.id);
  } else {
    next.set("from", iso(range.from));
    next.set("to", iso(range.to));
  }
  return next;
}

/** From and to, in whole seconds; `now` is the end of what is relative. */
export function spanOf(range: TimeRange, now: number): { from: number; to: number } {
  if (range.kind === "fixed") return { from: range.from, to: range.to };
  const to = Math.floor(now);
  return { from: to - RANGES[range.id], to };
}

/** A span as it may be shown: not shorter or longer than that, and not after now, where it is pushed back. */
export function fixed(from: number, to: number, now: number): TimeRange {
  const length = Math.round(Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, to - from)));
  const middle = (from + to) / 2;
  const end = Math.min(Math.floor(now), Math.round(middle + length / 2));
  return { kind: "fixed", from: Math.max(0, end - length), to: Math.max(length, end) };
}

type Step = "earlier" | "later" | "in" | "out";

/** By half of what is shown; zooming keeps the moment `at`, or the middle, in its place. Never after now. */
export function moved(range: TimeRange, step: Step, now: number, at?: number): TimeRange {
  const { from, to } = spanOf(range, now);
  const half = (to - from) / 2;
  if (step === "earlier" || step === "later") {
    const by = step === "earlier" ? -half : half;
    return fixed(from + by, to + by, now);
  }
  const keep = at ?? from + half;
  const factor = step === "in" ? 0.5 : 2;
  return fixed(keep - (keep - from) * factor, keep + (to - keep) * factor, now);
}
