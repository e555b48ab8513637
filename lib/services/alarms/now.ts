/** What every page of the console says about alarms. Asked for often, so it is a few numbers. */
import { db } from "../../db";

export type AlarmsNow = {
  /** How many are in alarm and not muted. */
  inAlarm: number;
  /** The recipient whom nothing reaches for the longest time; null: all is delivered. `since` is ISO 8601. */
  failing: { to: string; since: string; problem: string; waiting: number; others: number } | null;
};

type Row = { inAlarm: number; to: string | null; since: Date | null; problem: string | null; waiting: number; failing: number };

export async function alarmsNow(): Promise<AlarmsNow> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT (SELECT count(*)::int FROM alarm_subject WHERE state = 'ALARM' AND muted IS NULL) AS "inAlarm",
      t.name AS to, t.failing_since AS since, t.problem, coalesce(t.failing, 0)::int AS failing,
      (SELECT count(*)::int FROM delivery d WHERE d.target_id = t.id AND d.state = 'waiting') AS waiting
    FROM (SELECT 1) AS one LEFT JOIN LATERAL (
      SELECT id, name, failing_since, problem, count(*) OVER () AS failing FROM notify_target
      WHERE failing_since IS NOT NULL AND enabled ORDER BY failing_since, id LIMIT 1) AS t ON true`;
  if (!row) return { inAlarm: 0, failing: null };
  const { inAlarm, to, since, problem, waiting, failing } = row;
  return {
    inAlarm,
    failing: to && since ? { to, since: since.toISOString(), problem: problem ?? "", waiting, others: failing - 1 } : null,
  };
}

/** The nodes that are in an alarm that nobody muted, by their ids. */
export async function nodesInAlarm(): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT node_id AS id FROM alarm_subject WHERE state = 'ALARM' AND muted IS NULL AND node_id IS NOT NULL`;
  return rows.map(({ id }) => id);
}
