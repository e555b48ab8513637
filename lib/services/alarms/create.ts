import { db } from "../../db";
import { lockRounds } from "./lock";
import type { AlarmForm } from "../../domain/alarms/config";
import { ALARM_EVENTS, ALARM_REFUSALS } from "../../messages/alarm-deeds";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { actionsOf, columnsOf, formRefusal } from "./write";

export const MOST_ALARMS = 10_000;

/** Makes an alarm. It has insufficient data until its first evaluation, within a minute. */
export async function createAlarm(form: AlarmForm, { actor, idempotencyKey }: Call): Promise<Outcome<{ alarmId: string }>> {
  return db.$transaction(async (tx) => {
    await lockRounds(tx);
    const earlier = idempotencyKey
      ? await tx.alarm.findUnique({ where: { actorId_idempotencyKey: { actorId: actor.id, idempotencyKey } } })
      : null;
    if (earlier) return earlier.name === form.name ? done({ alarmId: earlier.id }) : ALARM_REFUSALS.keyReused;
    if ((await tx.alarm.count()) >= MOST_ALARMS) return ALARM_REFUSALS.tooMany(MOST_ALARMS);
    const refused = await formRefusal(tx, form);
    if (refused) return refused;
    const { id } = await tx.alarm.create({
      data: { ...columnsOf(form), actorId: actor.id, actorName: actor.name, idempotencyKey, actions: { create: actionsOf(form) } },
    });
    const node = form.scope.kind === "node" ? await tx.node.findUnique({ where: { id: form.scope.nodeId } }) : null;
    await record(tx, {
      kind: "alarm.made",
      message: ALARM_EVENTS.made(actor.name, form.name),
      actor,
      ...(node ? { node } : {}),
      details: { alarmId: id, rule: form.rule },
    });
    return done({ alarmId: id });
  });
}
