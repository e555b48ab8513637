/** The region as it was in the last day, in steps of five minutes: what was measured, and which name and status each node had. */
import { decodeValue, GAP, TREND_IDS, type TrendId } from "./metrics";
import { unpack } from "./pack";
import { NODE_STATUSES, type NodeStatus } from "./status";
import { RING_MINUTES, type NodeMetrics, type Trend } from "./trends";

export const PAST_STEP_SECONDS = 300;
export const PAST_STEPS = 288;
/** Of a sparkline, which shows an hour. */
const HOUR_STEPS = (RING_MINUTES * 60) / PAST_STEP_SECONDS;

/** As it travels. Times are seconds since 1970. */
export type PastDay = {
  /** Of the first step; it says what was so in the five minutes from then on. */
  from: number;
  /** By node: the codes of TREND_IDS, step by step, packed and in base64. */
  samples: readonly (readonly [id: string, packed: string])[];
  /** When it was read. What changes later than that is no part of it. */
  nodes: readonly { id: string; name: string; status: NodeStatus }[];
  /** Changes of status, oldest first; null: there was no such node before. */
  changes: readonly { id: string; at: number; from: NodeStatus | null; to: NodeStatus | null }[];
  /** What nodes were called until then, oldest first. */
  renames: readonly { id: string; at: number; was: string }[];
};

export type Past = Omit<PastDay, "samples" | "nodes"> & {
  samples: ReadonlyMap<string, Uint16Array[]>;
  nodes: ReadonlyMap<string, PastDay["nodes"][number]>;
  /** The status that a node's record of this day begins with. */
  begun: ReadonlyMap<string, NodeStatus | null>;
};

export const readPast = ({ samples, nodes, ...day }: PastDay): Past => ({
  ...day,
  begun: begunWith(day.changes),
  nodes: new Map(nodes.map((node) => [node.id, node])),
  samples: new Map(
    samples.map(([id, packed]) => [
      id,
      unpack(
        Uint8Array.from(atob(packed), (character) => character.charCodeAt(0)),
        TREND_IDS.length,
        PAST_STEPS,
      ),
    ]),
  ),
});

/** Of each node the first of what happened to it after a moment. */
function firstAfter<One extends { id: string; at: number }>(all: readonly One[], at: number): ReadonlyMap<string, One> {
  const first = new Map<string, One>();
  for (const one of all) if (one.at > at && !first.has(one.id)) first.set(one.id, one);
  return first;
}

/** The status that a node had at a moment: what its first change after it changed from; without one, that of the reading. null: it was not there. */
export function statusesAt(past: Past, at: number): (id: string) => NodeStatus | null {
  const first = firstAfter(past.changes, at);
  return (id) => {
    const change = first.get(id);
    return change ? change.from : (past.nodes.get(id)?.status ?? null);
  };
}

function begunWith(changes: PastDay["changes"]): Past["begun"] {
  const begun = new Map<string, NodeStatus | null>();
  for (const { id, from, to } of changes) if (!begun.has(id)) begun.set(id, from ?? to);
  return begun;
}

type PastRow = {
  id: string;
  name: string;
  status: NodeStatus;
  candidate: boolean;
  metrics: NodeMetrics | null;
  statusReason: string | null;
  operation: object | null;
};

/** The rows as they were in a step; those that were not there yet are left out. What only the present knows of them is not told. */
export function rowsAt<Row extends PastRow>(rows: readonly Row[], past: Past, step: number): Row[] {
  const end = past.from + (step + 1) * PAST_STEP_SECONDS;
  const [statusAt, changed, renamed] = [statusesAt(past, end), firstAfter(past.changes, end), firstAfter(past.renames, end)];
  return rows.flatMap((row): Row[] => {
    const known = past.nodes.get(row.id);
    const metrics = metricsAt(past.samples.get(row.id), step, end);
    // What was measured was there, also where its record begins later (the demo region).
    const status = statusAt(row.id) ?? (metrics && past.begun.get(row.id));
    if (!known || !status) return [];
    const same = !changed.has(row.id) && row.status === known.status;
    const name = renamed.get(row.id)?.was ?? known.name;
    // Who has never joined had not joined then.
    const candidate = status === "Candidate" || (row.candidate && NODE_STATUSES[status].joined);
    return [{ ...row, name, status, candidate, metrics, statusReason: same ? row.statusReason : null, operation: null }];
  });
}

/** What was measured in a step, and in the hour up to it. */
function metricsAt(samples: readonly Uint16Array[] | undefined, step: number, end: number): NodeMetrics | null {
  if (!samples?.some((series) => (series[step] ?? GAP) !== GAP)) return null;
  const trend = (id: TrendId, index: number): Trend => {
    const series = samples[index];
    return {
      last: decodeValue(id, series?.[step] ?? GAP),
      get points() {
        return Array.from({ length: HOUR_STEPS }, (_, back) => decodeValue(id, series?.[step - HOUR_STEPS + 1 + back] ?? GAP));
      },
    };
  };
  // Every trend is there.
  const trends = Object.fromEntries(TREND_IDS.map((id, index) => [id, trend(id, index)])) as Record<TrendId, Trend>;
  return { ...trends, sampledAt: new Date(end * 1000).toISOString() };
}
