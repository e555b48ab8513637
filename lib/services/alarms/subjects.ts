import { NODE_STATUS_IDS, NODE_STATUSES } from "../../domain/status";
import type { Tx } from "../../db";

const JOINED = NODE_STATUS_IDS.filter((status) => NODE_STATUSES[status].joined);

/** What an alarm watches has a row of its own for each node; a row that nothing stands for any more goes. */
export type Gone = { id: string; alarmId: string; nodeId: string | null; state: string; told: string };

/**
 * Brings the rows in step with tags, joins and removals. New ones begin with insufficient data, and count on where the history of the same
 * alarm on the same node ends: a tag that comes back is no second beginning. A node that is on its way into the cluster is silent until it
 * is there: it is watched from then on. Returns those that nobody watches any more and whose end is to be written or told. They go with
 * `dropSubjects`.
 */
export async function syncSubjects(tx: Tx): Promise<Gone[]> {
  await tx.$executeRaw`
    INSERT INTO alarm_subject (id, alarm_id, node_id, seq)
    SELECT gen_random_uuid(), a.id, n.id, coalesce(
      (SELECT max(t.seq) FROM alarm_transition t WHERE t.alarm_id = a.id AND t.node_id = n.id), 0)
    FROM alarm a JOIN node n ON n.joined_at IS NOT NULL AND n.status::text = ANY(${JOINED}) AND (
      a.scope = 'all' OR (a.scope = 'node' AND n.id = a.node_id)
      OR (a.scope = 'tag' AND EXISTS (SELECT 1 FROM unnest(n.tags) AS t WHERE lower(t) = lower(a.tag))))
    WHERE NOT EXISTS (SELECT 1 FROM alarm_subject s WHERE s.alarm_id = a.id AND s.node_id = n.id)
    UNION ALL
    SELECT gen_random_uuid(), a.id, NULL, coalesce(
      (SELECT max(t.seq) FROM alarm_transition t WHERE t.alarm_id = a.id AND t.node_id IS NULL), 0)
    FROM alarm a WHERE a.scope = 'region' AND NOT EXISTS (SELECT 1 FROM alarm_subject s WHERE s.alarm_id = a.id AND s.node_id IS NULL)
    ON CONFLICT (alarm_id, node_id) DO NOTHING`;
  const gone = await tx.$queryRaw<Gone[]>`
    SELECT s.id, s.alarm_id AS "alarmId", s.node_id AS "nodeId", s.state, s.told FROM alarm_subject s
    JOIN alarm a ON a.id = s.alarm_id LEFT JOIN node n ON n.id = s.node_id
    WHERE CASE WHEN s.node_id IS NULL THEN a.scope <> 'region' ELSE n.joined_at IS NULL OR n.status::text <> ALL(${JOINED}) OR CASE a.scope
      WHEN 'all' THEN false WHEN 'node' THEN s.node_id <> a.node_id
      WHEN 'tag' THEN NOT EXISTS (SELECT 1 FROM unnest(n.tags) AS t WHERE lower(t) = lower(a.tag)) ELSE true END END`;
  const isNews = ({ state, told }: Gone): boolean => state !== "INSUFFICIENT_DATA" || told === "ALARM";
  await dropSubjects(
    tx,
    gone.filter((one) => !isNews(one)),
  );
  return gone.filter(isNews);
}

export async function dropSubjects(tx: Tx, gone: readonly Pick<Gone, "id">[]): Promise<void> {
  if (gone.length) await tx.alarmSubject.deleteMany({ where: { id: { in: gone.map(({ id }) => id) } } });
}
