/** Where nothing was measured, and which word says why. Times are seconds since 1970. */
import type { Span } from "./history-request";
import { FINEST } from "./levels";
import { STALE_SECONDS } from "./sample-times";
import type { NodeStatus } from "./status";

export type GapReason = "not-joined" | "not-sampled" | "maintenance" | "failed" | "fenced" | "out" | "no-answer";
export type Gap = { from: number; to: number; reason: GapReason };

/** In these a node may be off, and nobody wonders. */
const BY_STATUS: Partial<Record<NodeStatus, GapReason>> = {
  EnteringMaintenance: "maintenance",
  InMaintenance: "maintenance",
  Failed: "failed",
  Fenced: "fenced",
  Unfencing: "fenced",
  Out: "out",
};

type Known = {
  /** Whether anything was measured, point by point. */
  known: readonly boolean[];
  start: number;
  step: number;
};

/** The gaps of at least a minute (what is shorter is seen and needs no word), in pieces where the reason changes. */
export function gapsOf(
  { known, start, step }: Known,
  shown: { from: number; to: number },
  statuses: readonly Span[],
  joined: number | null,
): Gap[] {
  const first = known.indexOf(true);
  const gaps: Gap[] = [];
  for (let point = 0; point < known.length; point += 1) {
    if (known[point]) continue;
    const begin = point;
    while (point + 1 < known.length && !known[point + 1]) point += 1;
    const from = Math.max(shown.from, start + begin * step);
    const to = Math.min(shown.to, start + (point + 1) * step);
    if (to - from < STALE_SECONDS) continue;
    const before = first === -1 || begin < first;
    // What was sampled had joined, whenever that was.
    const begun = before ? Math.min(to, joined ?? to) : from;
    gaps.push(...pieces(from, to, statuses, begun, before ? "not-sampled" : "no-answer"));
  }
  return gaps;
}

/** `begun`: what lies before is before the node joined. */
function pieces(from: number, to: number, statuses: readonly Span[], begun: number, otherwise: GapReason): Gap[] {
  const found: Gap[] = begun > from ? [{ from, to: begun, reason: "not-joined" }] : [];
  const add = (begin: number, end: number, reason: GapReason) => {
    const before = found.at(-1);
    if (before?.reason === reason && before.to >= begin) before.to = end;
    else if (end > begin) found.push({ from: begin, to: end, reason });
  };
  let cursor = Math.max(from, begun);
  for (const { from: begin, to: end, status } of statuses) {
    const [left, right] = [Math.max(cursor, begin), Math.min(to, end)];
    if (right <= left) continue;
    add(cursor, left, otherwise);
    add(left, right, (status && BY_STATUS[status]) || otherwise);
    cursor = right;
  }
  add(cursor, to, otherwise);
  // A rest below one sample is the rounding of its point.
  return found.filter((gap) => gap.to - gap.from >= FINEST.step);
}
