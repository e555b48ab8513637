import { randomUUID } from "node:crypto";
import { aboutOf } from "../../domain/digest";
import { BETWEEN_SECONDS, FLAP_MS, MOST_NOTES, ready, type Told, type Waiting } from "../../domain/notify";
import { db, type Tx } from "../../db";
import { reportFault } from "../../log";
import { Prisma } from "../../generated/prisma/client";

type Row = { id: string; alarmId: string | null; nodeId: string | null; seq: number | null; at: Date };

/** Events v2 takes one request for each alarm on each node. */
const MOST_PAGES = 50;

/**
 * Makes a delivery of what is due to each target that may be told again: its notes are bound to it and its Message-ID is known, so that
 * whoever sends it, however often, sends the same. Returns how many were made.
 * @param host the right side of a Message-ID
 */
export async function gather(host: string): Promise<number> {
  let made = 0;
  for (const { id } of await mayBeTold()) {
    try {
      if (await db.$transaction((tx) => gatherFor(tx, id, host))) made += 1;
    } catch (error) {
      reportFault(error, { target: id }); // the others do not wait for it
    }
  }
  return made;
}

/**
 * Of a target t. Not while an earlier delivery waits, for what comes meanwhile goes with the next one; and not so soon after the last
 * one was made or has arrived. One of the future says nothing: the clock was set back.
 */
const RESTS = Prisma.sql`
  (EXISTS (SELECT 1 FROM delivery d WHERE d.target_id = t.id AND d.state = 'waiting' AND NOT d.set_aside)
   OR EXISTS (
     SELECT 1 FROM (
       SELECT created_at, ended_at FROM delivery WHERE target_id = t.id AND created_at <= clock_timestamp() ORDER BY created_at DESC LIMIT 1) last
     WHERE greatest(last.created_at, last.ended_at) > clock_timestamp() - ${BETWEEN_SECONDS} * interval '1 second'))`;

const mayBeTold = (): Promise<{ id: string }[]> => db.$queryRaw`
  SELECT t.id FROM notify_target t
  WHERE t.enabled
    AND EXISTS (SELECT 1 FROM notification n WHERE n.target_id = t.id AND n.delivery_id IS NULL)
    AND NOT ${RESTS}`;

async function gatherFor(tx: Tx, targetId: string, host: string): Promise<boolean> {
  // Whoever else gathers for this target leaves it to us, and finds it done.
  const [target] = await tx.$queryRaw<{ body: string | null; now: Date }[]>`
    SELECT body, clock_timestamp() AS now FROM notify_target WHERE id = ${targetId}::uuid AND enabled FOR UPDATE SKIP LOCKED`;
  if (!target) return false;
  const [again] = await tx.$queryRaw<unknown[]>`SELECT 1 FROM notify_target t WHERE t.id = ${targetId}::uuid AND ${RESTS}`;
  if (again) return false;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT id, alarm_id AS "alarmId", node_id AS "nodeId", seq, created_at AS at FROM notification
    WHERE target_id = ${targetId}::uuid AND delivery_id IS NULL
    ORDER BY created_at, seq, id`;
  const waiting = rows.map(toWaiting);
  const chosen = ready(waiting, await toldBefore(tx, targetId, rows), target.now.getTime()).slice(
    0,
    target.body === "pagerduty" ? MOST_PAGES : MOST_NOTES,
  );
  if (chosen.length === 0) return false;
  const id = randomUUID();
  await tx.delivery.create({ data: { id, targetId, messageId: `<${id}@${host}>`, createdAt: target.now, nextAt: target.now } });
  await tx.$executeRaw`UPDATE notification SET delivery_id = ${id}::uuid WHERE id = ANY(${chosen}::uuid[]) AND delivery_id IS NULL`;
  return true;
}

const toWaiting = ({ id, alarmId, nodeId, seq, at }: Row): Waiting => ({
  id,
  about: alarmId === null ? null : aboutOf({ alarmId, nodeId }),
  seq: seq ?? 0,
  at: at.getTime(),
});

/** The changes of the same alarms that went out shortly before: they count when it is asked whether one flaps. */
async function toldBefore(tx: Tx, targetId: string, rows: readonly Row[]): Promise<Told[]> {
  const alarms = [...new Set(rows.flatMap(({ alarmId }) => alarmId ?? []))];
  const oldest = Math.min(...rows.map(({ at }) => at.getTime()));
  if (alarms.length === 0) return [];
  const told = await tx.$queryRaw<{ alarmId: string; nodeId: string | null; seq: number; at: Date }[]>`
    SELECT alarm_id AS "alarmId", node_id AS "nodeId", seq, created_at AS at FROM notification
    WHERE target_id = ${targetId}::uuid AND alarm_id = ANY(${alarms}::uuid[]) AND delivery_id IS NOT NULL
      AND created_at > ${new Date(oldest - FLAP_MS)}`;
  return told.map(({ alarmId, nodeId, seq, at }) => ({ about: aboutOf({ alarmId, nodeId }), seq, at: at.getTime() }));
}
