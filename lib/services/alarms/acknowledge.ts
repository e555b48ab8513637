import type { Note } from "../../domain/notes";
import { db, type Tx } from "../../db";
import type { AlarmSubject } from "../../generated/prisma/client";
import { ALARM_EVENTS, ALARM_REFUSALS } from "../../messages/alarm-deeds";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { enqueue } from "../notify/enqueue";
import { readRegion } from "../region";

/**
 * Somebody has seen it and says so. Holds until the state changes; a state that changed meanwhile is not acknowledged with it. Pagers that
 * were told of it hear so, and stop ringing.
 */
export async function acknowledgeAlarm(
  { subjectId, seq, note }: { subjectId: string; seq: number; note: string },
  { actor }: Call,
): Promise<Outcome> {
  return db.$transaction(async (tx) => {
    const { now } = await readRegion(tx);
    await tx.$queryRaw`SELECT 1 FROM alarm_subject WHERE id = ${subjectId}::uuid FOR UPDATE`;
    const subject = await tx.alarmSubject.findUnique({ where: { id: subjectId }, include: { alarm: true, node: true } });
    if (!subject) return ALARM_REFUSALS.gone;
    if (subject.seq !== seq) return ALARM_REFUSALS.stale(subject.alarm.name);
    if (subject.state === "OK") return ALARM_REFUSALS.isOk;
    if (subject.ackedAt) return ALARM_REFUSALS.acked(subject.ackedBy ?? "");
    await tx.alarmSubject.update({ where: { id: subjectId }, data: { ackedAt: now, ackedBy: actor.name, ackNote: note || null } });
    await tellPagers(tx, subject, { by: actor.name, said: note, now });
    await record(tx, {
      kind: "alarm.acknowledged",
      message: ALARM_EVENTS.acknowledged(actor.name, subject.alarm.name, subject.node?.name ?? null, note),
      actor,
      ...(subject.node ? { node: subject.node } : {}),
      details: { alarmId: subject.alarmId, seq },
    });
    return done(undefined);
  });
}

type Acknowledged = Pick<AlarmSubject, "alarmId" | "nodeId" | "seq" | "state"> & { alarm: { name: string }; node: { name: string } | null };

async function tellPagers(tx: Tx, subject: Acknowledged, { by, said, now }: { by: string; said: string; now: Date }): Promise<void> {
  const { alarmId, nodeId, seq, state, alarm, node } = subject;
  const pagers = await tx.notifyTarget.findMany({
    select: { id: true },
    where: { body: "pagerduty", actions: { some: { alarmId, state: { in: ["ALARM", state] } } } },
  });
  const note: Note = {
    kind: "acknowledged",
    alarmId,
    alarm: alarm.name,
    nodeId,
    node: node?.name ?? null,
    seq,
    by,
    said,
    at: now.toISOString(),
  };
  await enqueue(
    tx,
    pagers.map(({ id }) => ({ targetId: id, note })),
  );
}
