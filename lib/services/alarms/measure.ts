/** What alarms are evaluated on, as it is read: samples, facts, and the states of nodes. Times in seconds since 1970. */
import type { AlarmRule } from "../../domain/alarms/config";
import type { Gap, NodeSamples } from "../../domain/alarms/series";
import type { Sources } from "../../domain/alarms/sources";
import { ALARM_METRICS } from "../../domain/alarms/metrics";
import { memoryHeadroom } from "../../domain/headroom";
import { FINEST } from "../../domain/levels";
import { NODE_STATUSES, type NodeStatus } from "../../domain/status";
import type { Tx } from "../../db";
import { readReadiness } from "../maintenance/readiness";
import { nodeRows, type NodeRow } from "../nodes/read";
import type { Fact, Span } from "./facts";

/** Facts other than a node's status, which the event log has. */
export const keptFacts = (rules: readonly Pick<AlarmRule, "metric">[]): string[] => [
  ...new Set(rules.map(({ metric }) => metric).filter((metric) => ALARM_METRICS[metric].source === "fact" && metric !== "status")),
];

/** What was read for all nodes together. */
export type Read = {
  samples: (nodeId: string) => NodeSamples & { newest: number | null };
  intervalSeconds: number;
  facts: (metric: string, nodeId: string | null) => readonly Span[];
  statuses: (nodeId: string) => readonly StatusSpan[];
  /** When nobody looked. */
  unwatched: readonly Gap[];
};

/** A fact that was looked at when a minute ended stands for that minute. */
const LOOKED_SECONDS = 60;
const NO_SAMPLES: NodeSamples & { newest: number | null } = { level: FINEST, chunks: [], newest: null };

/** Of one node; null: of the region. */
export function sourcesOf(nodeId: string | null, { samples, intervalSeconds, facts, statuses, unwatched }: Read): Sources {
  const { newest, ...own } = nodeId === null ? NO_SAMPLES : samples(nodeId);
  return {
    samples: own,
    newest,
    intervalSeconds,
    unwatched,
    facts: ({ metric, parameter }) =>
      metric === "status"
        ? statuses(nodeId ?? "").map(({ status, ...span }) => ({ ...span, value: status === parameter ? 1 : 0 }))
        : facts(metric, nodeId).map((span) => ({ from: span.from - LOOKED_SECONDS, to: span.until, value: span.value })),
  };
}

/** What is watched and no sample says, as it is now. */
export async function lookAtFacts(metrics: readonly string[]): Promise<Fact[]> {
  if (metrics.length === 0) return [];
  const rows = await nodeRows();
  const facts: Fact[] = [];
  for (const metric of metrics) facts.push(...((await FACTS[metric]?.(rows)) ?? []));
  return facts;
}

const FACTS: Record<string, (rows: NodeRow[]) => Fact[] | Promise<Fact[]>> = {
  regionHeadroom: (rows) => {
    const { worst } = memoryHeadroom(rows);
    return worst ? [{ metric: "regionHeadroom", nodeId: null, value: worst.leftBytes }] : [];
  },
  maintenanceReady: async (rows) => {
    const { readiness } = await readReadiness(rows);
    return rows
      .filter(({ status }) => NODE_STATUSES[status].joined)
      .map((row) => ({ metric: "maintenanceReady", nodeId: row.id, value: readiness.get(row.id)?.id === "ready" ? 1 : 0 }));
  },
};

export type StatusSpan = { from: number; to: number; status: NodeStatus };

/** Which status each node had from when to when, from the event log. */
export async function readStatuses(
  tx: Tx,
  nodeIds: readonly string[],
  from: number,
  to: number,
): Promise<(nodeId: string) => StatusSpan[]> {
  if (nodeIds.length === 0) return () => [];
  const [now, changes] = [
    await tx.$queryRaw<{ id: string; status: NodeStatus; created: number }[]>`
      SELECT id, status::text AS status, extract(epoch FROM created_at)::float8 AS created FROM node WHERE id = ANY(${[...nodeIds]}::uuid[])`,
    await tx.$queryRaw<{ id: string; at: number; was: NodeStatus | null; becomes: NodeStatus }[]>`
      SELECT node_id AS id, extract(epoch FROM at)::float8 AS at, from_status::text AS was, to_status::text AS becomes FROM event
      WHERE node_id = ANY(${[...nodeIds]}::uuid[]) AND at >= to_timestamp(${from}) AND to_status IS NOT NULL AND from_status IS DISTINCT FROM to_status
      ORDER BY event.id`,
  ];
  const spans = new Map<string, StatusSpan[]>();
  const byNode = new Map<string, typeof changes>();
  for (const change of changes) byNode.set(change.id, [...(byNode.get(change.id) ?? []), change]);
  for (const { id, status, created } of now) {
    const of: StatusSpan[] = [];
    let [begin, current]: [number, NodeStatus | null] = [Math.max(from, created), byNode.get(id)?.[0]?.was ?? status];
    for (const { at, becomes } of byNode.get(id) ?? []) {
      if (current) of.push({ from: begin, to: at, status: current });
      [begin, current] = [at, becomes];
    }
    if (current) of.push({ from: begin, to, status: current });
    spans.set(id, of);
  }
  return (nodeId) => spans.get(nodeId) ?? [];
}
