import { db } from "../../db";
import { ALARM_EVENTS } from "../../messages/alarm-deeds";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { seenAlarm, type Seen } from "./change";

/** Whether the alarm tells anybody. It is evaluated in any case. */
export async function setAlarmActions({ enabled, ...seenAs }: Seen & { enabled: boolean }, { actor }: Call): Promise<Outcome> {
  return db.$transaction(async (tx) => {
    const seen = await seenAlarm(tx, seenAs);
    if ("refused" in seen) return seen.refused;
    const { id, name, actionsEnabled } = seen.alarm;
    if (actionsEnabled === enabled) return done(undefined);
    await tx.alarm.update({ where: { id }, data: { actionsEnabled: enabled, version: { increment: 1 } } });
    await record(tx, { kind: "alarm.changed", message: ALARM_EVENTS.actions(actor.name, name, enabled), actor, details: { alarmId: id } });
    return done(undefined);
  });
}
