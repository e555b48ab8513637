import { db } from "../../db";
import { ALARM_EVENTS, ALARM_REFUSALS } from "../../messages/alarm-deeds";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { readRegion } from "../region";
import { seenAlarm, type Seen } from "./change";

const MOST_DAYS = 31;
const DAY_MS = 86_400_000;

/** Tells nobody of the alarm until a moment; null: at once again. It is evaluated meanwhile, and what stands in alarm then is told. */
export async function muteAlarm(
  { until, note, ...seenAs }: Seen & { until: Date | null; note: string },
  { actor }: Call,
): Promise<Outcome> {
  return db.$transaction(async (tx) => {
    const seen = await seenAlarm(tx, seenAs);
    if ("refused" in seen) return seen.refused;
    const { now } = await readRegion(tx);
    if (until && until <= now) return ALARM_REFUSALS.muteOver;
    if (until && until.getTime() > now.getTime() + MOST_DAYS * DAY_MS) return ALARM_REFUSALS.muteLong(MOST_DAYS);
    const { id, name } = seen.alarm;
    await tx.alarm.update({
      where: { id },
      data: { mutedUntil: until, mutedBy: until && actor.name, muteNote: until && note ? note : null, version: { increment: 1 } },
    });
    const message = until ? ALARM_EVENTS.muted(actor.name, name, until.toISOString()) : ALARM_EVENTS.unmuted(actor.name, name);
    await record(tx, { kind: "alarm.muted", message, actor, details: { alarmId: id, note } });
    return done(undefined);
  });
}
