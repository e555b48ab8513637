import { db, type Tx } from "../../db";
import type { AlarmForm } from "../../domain/alarms/config";
import type { Alarm } from "../../generated/prisma/client";
import { ALARM_EVENTS, ALARM_REFUSALS } from "../../messages/alarm-deeds";
import { done, type Outcome, type Refusal } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { readRegion } from "../region";
import { lockRounds } from "./lock";
import { actionsOf, columnsOf, formRefusal } from "./write";

export type Seen = { alarmId: string; version: number };

/** The alarm as the administrator saw it; held back from every round until the commit. */
export async function seenAlarm(tx: Tx, { alarmId, version }: Seen): Promise<{ alarm: Alarm } | { refused: Refusal }> {
  await lockRounds(tx);
  const alarm = await tx.alarm.findUnique({ where: { id: alarmId } });
  if (!alarm) return { refused: ALARM_REFUSALS.gone };
  return alarm.version === version ? { alarm } : { refused: ALARM_REFUSALS.stale(alarm.name) };
}

/** Replaces the whole configuration of an alarm. Its states stay until the next evaluation. */
export async function changeAlarm({ alarmId, version, form }: Seen & { form: AlarmForm }, { actor }: Call): Promise<Outcome> {
  return db.$transaction(async (tx) => {
    const seen = await seenAlarm(tx, { alarmId, version });
    if ("refused" in seen) return seen.refused;
    const refused = await formRefusal(tx, form, alarmId);
    if (refused) return refused;
    const { now } = await readRegion(tx);
    await tx.alarmAction.deleteMany({ where: { alarmId } });
    await tx.alarm.update({
      where: { id: alarmId },
      data: { ...columnsOf(form), version: { increment: 1 }, updatedAt: now, actions: { create: actionsOf(form) } },
    });
    await record(tx, {
      kind: "alarm.changed",
      message: ALARM_EVENTS.changed(actor.name, form.name),
      actor,
      details: { alarmId, before: { name: seen.alarm.name, rule: seen.alarm.rule }, rule: form.rule },
    });
    return done(undefined);
  });
}
