import { db } from "../../db";
import { ALARM_EVENTS, ALARM_REFUSALS } from "../../messages/alarm-deeds";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { readRegion } from "../region";

/** Somebody has seen it and says so. Holds until the state changes; a state that changed meanwhile is not acknowledged with it. */
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
