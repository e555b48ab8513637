/** The Monitoring tab of a node. */
import type { GapReason } from "../domain/gaps";
import type { RangeId } from "../domain/time-range";
import { counted } from "./counted";

export const MONITORING = {
  /** After the command's own name. */
  fromChart: "from this chart",
  range: "Time range",
  ranges: { "1h": "1 h", "6h": "6 h", "24h": "24 h", "7d": "7 d", custom: "Custom" } satisfies Record<RangeId | "custom", string>,
  custom: {
    legend: "Custom range",
    from: "From",
    to: "To",
    apply: "Show",
    wrong: "Choose a From before the To and before now, at least a minute and at most 800 days.",
    zone: (name: string): string => `Times are of ${name}.`,
  },
  misread: {
    title: "The address names no range that can be shown",
    instead: "This is the last hour. A range needs a begin before its end, each with its zone.",
  },
  steps: "Move and zoom",
  earlier: "Earlier",
  later: "Later",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  atNow: "Nothing is later than now.",
  compare: "Compare with the region's median",
  median: "Region",
  every: (span: string): string => `a point every ${span}`,
  live: "moves on by itself",
  held: "held while you look",
  charts: "What was measured",
  latest: "Latest",
  least: "Min",
  average: "Avg",
  most: "Max",
  data: "Show data",
  time: "Time",
  columns: {
    average: (line: string) => `${line}, average`,
    least: (line: string) => `${line}, minimum`,
    most: (line: string) => `${line}, maximum`,
  },
  rows: (count: number, span: string): string => `${counted(count, "row")}, each of ${span}.`,
  moment: (chart: string): string => `${chart}: moment`,
  nothingAt: "nothing measured",
  events: "Events in this range",
  newest: (shown: number, inAll: number): string => `The newest ${shown} of ${inAll}`,
  more: (count: number): string => `and ${count} more here`,
  noEvents: "Nothing happened to the node in this range: no status changed, it was not restarted, and no alarm changed its state.",
  gaps: "Gaps",
  unread: {
    title: "The history could not be read",
    again: "Try again",
    noAnswer: "Regent did not answer. Check the connection.",
    fault: "Regent could not read it: its database may be away. It is tried again by itself.",
  },
  notLoaded: "The chart could not be loaded. Check the connection, then reload the page.",
  stale: { title: "The last sample is older than a minute", since: "Last sample", unknown: "It is not known yet why." },
} as const;

/** Why there is a hole in a line. */
export const GAPS: Record<GapReason, string> = {
  "not-joined": "Not joined yet",
  "not-sampled": "Not sampled",
  maintenance: "In maintenance",
  failed: "Failed, no answer",
  fenced: "Fenced",
  out: "Removed",
  "no-answer": "No answer",
};

/** Why a node has no history at all. */
export const NEVER_SAMPLED = {
  title: "Nothing was measured yet",
  candidate: "A node is sampled from the moment it joins the region.",
  out: "The node was removed from the cluster, and is not sampled any more.",
  revoked: "Its host key was revoked, so nothing is asked of it until an Admin trusts it again.",
  hostKey: "Its host key changed, so nothing is asked of it until an Admin trusts the new key.",
  soon: "It has joined, and its first sample is due any moment.",
} as const;
