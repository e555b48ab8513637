import { db } from "../../db";

/** What became of a message. `answer` is what the far side said last. */
export type LastNotice = { at: string; state: "waiting" | "failing" | "sent" | "dead"; to: string; answer: string | null };

type Row = { subjectId: string; at: Date; state: string | null; attempts: number | null; to: string; answer: string | null };

/** The newest message about each subject's newest transition, worst first where several were told. */
export async function lastNotices(
  subjects: readonly { id: string; alarmId: string; nodeId: string | null; seq: number }[],
): Promise<Map<string, LastNotice>> {
  if (subjects.length === 0) return new Map();
  const rows = await db.$queryRaw<Row[]>`
    SELECT s.id AS "subjectId", coalesce(d.ended_at, n.created_at) AS at, d.state, d.attempts, t.name AS to, d.answer
    FROM alarm_subject s
    JOIN notification n ON n.alarm_id = s.alarm_id AND n.node_id IS NOT DISTINCT FROM s.node_id AND n.seq = s.seq
    JOIN notify_target t ON t.id = n.target_id LEFT JOIN delivery d ON d.id = n.delivery_id
    WHERE s.id = ANY(${subjects.map(({ id }) => id)}::uuid[])
    ORDER BY CASE d.state WHEN 'sent' THEN 0 WHEN 'dead' THEN 2 ELSE 1 END`;
  return new Map(
    rows.map(({ subjectId, at, state, attempts, to, answer }) => [
      subjectId,
      { at: at.toISOString(), state: state === "sent" || state === "dead" ? state : attempts ? "failing" : "waiting", to, answer },
    ]),
  );
}
