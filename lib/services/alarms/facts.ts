/** What an alarm watches and no sample says: what was worth what from when to when. Written by the rounds, for what is watched. */
import type { Tx } from "../../db";

export type Fact = { metric: string; nodeId: string | null; value: number };
/** Times in seconds since 1970. */
export type Span = { from: number; until: number; value: number };

/** Between two rounds that lie further apart nobody looked, so nothing is known. */
const IN_A_ROW_SECONDS = 90;
const KEPT_DAYS = 14;

/**
 * A value that stays makes its span longer; another one begins a new span. What a clock that was set back since has written of the
 * future stands by itself.
 */
export async function writeFacts(tx: Tx, at: Date, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  const rows = JSON.stringify(facts.map(({ metric, nodeId, value }) => ({ metric, node_id: nodeId, value })));
  await tx.$executeRaw`
    WITH told AS (SELECT * FROM jsonb_to_recordset(${rows}::jsonb) AS r (metric text, node_id uuid, value float8)),
    longer AS (
      UPDATE metrics.fact f SET until_at = greatest(f.until_at, ${at}::timestamptz) FROM told t
      WHERE f.metric = t.metric AND f.node_id IS NOT DISTINCT FROM t.node_id AND f.value = t.value
        AND f.from_at <= ${at}::timestamptz
        AND f.until_at BETWEEN ${at}::timestamptz - ${IN_A_ROW_SECONDS} * interval '1 second'
                           AND ${at}::timestamptz + ${IN_A_ROW_SECONDS} * interval '1 second'
        AND NOT EXISTS (SELECT 1 FROM metrics.fact newer
          WHERE newer.metric = f.metric AND newer.node_id IS NOT DISTINCT FROM f.node_id AND newer.from_at > f.from_at
            AND newer.from_at <= ${at}::timestamptz)
      RETURNING f.metric, f.node_id)
    INSERT INTO metrics.fact (metric, node_id, from_at, until_at, value)
    SELECT t.metric, t.node_id, ${at}::timestamptz, ${at}::timestamptz, t.value FROM told t
    WHERE NOT EXISTS (SELECT 1 FROM longer l WHERE l.metric = t.metric AND l.node_id IS NOT DISTINCT FROM t.node_id)`;
}

const keyOf = (metric: string, nodeId: string | null): string => `${metric} ${nodeId ?? ""}`;

/** The spans of the named metrics that reach beyond `from`, in their order, by metric and node. */
export async function readFacts(
  tx: Tx,
  metrics: readonly string[],
  from: Date,
): Promise<(metric: string, nodeId: string | null) => Span[]> {
  if (metrics.length === 0) return () => [];
  const rows = await tx.$queryRaw<(Span & { metric: string; nodeId: string | null })[]>`
    SELECT metric, node_id AS "nodeId", extract(epoch FROM from_at)::float8 AS "from", extract(epoch FROM until_at)::float8 AS until, value
    FROM metrics.fact WHERE metric = ANY(${[...metrics]}) AND until_at > ${from} ORDER BY from_at`;
  const byKey = new Map<string, Span[]>();
  for (const { metric, nodeId, ...span } of rows) {
    const key = keyOf(metric, nodeId);
    byKey.set(key, [...(byKey.get(key) ?? []), span]);
  }
  return (metric, nodeId) => byKey.get(keyOf(metric, nodeId)) ?? [];
}

/** Deletes what no window of an alarm reaches back to. */
export const pruneFacts = (tx: Tx): Promise<number> =>
  tx.$executeRaw`DELETE FROM metrics.fact WHERE until_at < now() - ${KEPT_DAYS} * interval '1 day'`;
