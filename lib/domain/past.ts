/** The region as it was in the last day, in steps of five minutes: what was measured, and which status each node had. */
import { GAP, TREND_IDS } from "./metrics";
import { unpack } from "./pack";
import type { NodeStatus } from "./status";
import { metricsOf, type NodeMetrics } from "./trends";

export const PAST_STEP_SECONDS = 300;
export const PAST_STEPS = 288;

/** As it travels. Times are seconds since 1970. */
export type PastDay = {
  /** Of the first step; it says what was so in the five minutes from then on. */
  from: number;
  /** By node: the codes of TREND_IDS, step by step, packed and in base64. */
  samples: readonly (readonly [id: string, packed: string])[];
  /** Changes of status, oldest first; null: there was no such node before. */
  changes: readonly { id: string; at: number; from: NodeStatus | null; to: NodeStatus | null }[];
};

export type Past = { from: number; samples: ReadonlyMap<string, Uint16Array[]>; changes: PastDay["changes"] };

export const readPast = ({ from, samples, changes }: PastDay): Past => ({
  from,
  changes,
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

/** The status that a node had at a moment: what its first change after it changed from; without one, its status of now. */
export function statusesAt(past: Past, at: number): (id: string, now: NodeStatus) => NodeStatus | null {
  const first = new Map<string, NodeStatus | null>();
  for (const change of past.changes) if (change.at > at && !first.has(change.id)) first.set(change.id, change.from);
  return (id, now) => (first.has(id) ? (first.get(id) ?? null) : now);
}

type PastRow = { id: string; status: NodeStatus; metrics: NodeMetrics | null; statusReason: string | null; operation: object | null };

/** The rows as they were in a step; those that were not there yet are left out. What only the present knows of them is not told. */
export function rowsAt<Row extends PastRow>(rows: readonly Row[], past: Past, step: number): Row[] {
  const end = past.from + (step + 1) * PAST_STEP_SECONDS;
  const statusAt = statusesAt(past, end);
  return rows.flatMap((row): Row[] => {
    const codes = past.samples.get(row.id)?.map((series) => series[step] ?? GAP);
    const metrics = codes?.some((code) => code !== GAP) ? metricsOf(codes, end) : null;
    // What was measured was there. Where the event log begins later (the demo region), nobody knows better than the status of now.
    const status = statusAt(row.id, row.status) ?? (metrics ? row.status : null);
    if (status === null) return [];
    return [{ ...row, status, metrics, statusReason: status === row.status ? row.statusReason : null, operation: null }];
  });
}
