import { lastHour } from "../../domain/notify";
import { db, type Tx } from "../../db";
import { readRegion } from "../region";
import { tellMailboxes } from "./tell-all";

type Counts = Record<"nodes" | "active" | "inAlarm" | "insufficient" | "muted" | "delivered" | "waiting", number>;

/** Tells every mailbox once a day that Regent lives, whichever worker comes first. Returns whether it did. */
export const signOfLife = (): Promise<boolean> =>
  db.$transaction(async (tx) => {
    const { now, settings } = await readRegion(tx);
    if (!settings.notify.daily) return false;
    const count =
      await tx.$executeRaw`UPDATE sign_of_life SET told_at = ${now} WHERE id = 1 AND told_at < ${lastHour(now, settings.notify.dailyAt)}`;
    if (count !== 1) return false;
    await tellMailboxes(tx, { kind: "daily", ...(await counts(tx)), at: now.toISOString() });
    return true;
  });

async function counts(tx: Tx): Promise<Counts> {
  const [row] = await tx.$queryRaw<Counts[]>`
    SELECT (SELECT count(*)::int FROM node WHERE status <> 'Out') AS nodes,
           (SELECT count(*)::int FROM node WHERE status = 'Active') AS active,
           (SELECT count(*)::int FROM alarm_subject WHERE state = 'ALARM') AS "inAlarm",
           (SELECT count(*)::int FROM alarm_subject WHERE state = 'INSUFFICIENT_DATA') AS insufficient,
           (SELECT count(*)::int FROM alarm_subject WHERE muted IS NOT NULL) AS muted,
           (SELECT count(*)::int FROM delivery WHERE state = 'sent' AND ended_at > clock_timestamp() - interval '24 hours') AS delivered,
           (SELECT count(*)::int FROM notification n LEFT JOIN delivery d ON d.id = n.delivery_id
            WHERE n.delivery_id IS NULL OR d.state = 'waiting') AS waiting`;
  if (!row) throw new Error("Counts are always one row.");
  return row;
}
