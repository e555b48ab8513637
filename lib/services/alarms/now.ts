/** What every page of the console says about alarms. Asked for often, so it is a few numbers. */
import { db } from "../../db";

export type AlarmsNow = {
  /** How many are in alarm and not muted. */
  inAlarm: number;
  /** What nothing passes for the longest time: the mail server, the lack of one, or a recipient; null: all is delivered. `since` is ISO 8601. */
  failing: {
    kind: "server" | "noServer" | "email" | "webhook";
    to: string;
    since: string;
    problem: string;
    waiting: number;
    others: number;
  } | null;
};

type Failing = Omit<NonNullable<AlarmsNow["failing"]>, "since"> & { since: Date };

export async function alarmsNow(): Promise<AlarmsNow> {
  const [counts, failing] = await Promise.all([
    db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM alarm_subject WHERE state = 'ALARM' AND muted IS NULL`,
    db.$queryRaw<Failing[]>`
      SELECT f.kind, f.to, f.since, coalesce(f.problem, '') AS problem, (count(*) OVER () - 1)::int AS others, (
        SELECT count(*)::int FROM delivery d JOIN notify_target t ON t.id = d.target_id
        WHERE d.state = 'waiting' AND CASE WHEN f.id IS NULL THEN t.kind = 'email' ELSE t.id = f.id END) AS waiting
      FROM (
        SELECT 'server' AS kind, NULL::uuid AS id, host AS to, failing_since AS since, problem FROM mail_server WHERE failing_since IS NOT NULL
        UNION ALL SELECT kind, id, name, failing_since, problem FROM notify_target WHERE failing_since IS NOT NULL AND enabled
        UNION ALL (
          SELECT 'noServer', NULL, '', d.created_at, d.answer FROM delivery d JOIN notify_target t ON t.id = d.target_id
          WHERE d.state = 'waiting' AND t.kind = 'email' AND NOT EXISTS (SELECT 1 FROM mail_server) ORDER BY d.created_at LIMIT 1)) AS f
      ORDER BY f.since LIMIT 1`,
  ]);
  const [first] = failing;
  return { inAlarm: counts[0]?.count ?? 0, failing: first ? { ...first, since: first.since.toISOString() } : null };
}

/** The nodes that are in an alarm that nobody muted, by their ids. */
export async function nodesInAlarm(): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT node_id AS id FROM alarm_subject WHERE state = 'ALARM' AND muted IS NULL AND node_id IS NOT NULL`;
  return rows.map(({ id }) => id);
}
