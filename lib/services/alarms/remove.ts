import { db } from "../../db";
import { ALARM_ENDS, ALARM_EVENTS } from "../../messages/alarm-deeds";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { readRegion } from "../region";
import { seenAlarm, type Seen } from "./change";
import { endOf, tell } from "./tell";
import { readWatchedBy } from "./watched";

/** Deletes an alarm. What it did stays in its history; what it had to tell is still told, and that it is over to whoever was woken. */
export async function deleteAlarm(seenAs: Seen, { actor }: Call): Promise<Outcome> {
  return db.$transaction(async (tx) => {
    const seen = await seenAlarm(tx, seenAs);
    if ("refused" in seen) return seen.refused;
    const { id, name, rule } = seen.alarm;
    const { now } = await readRegion(tx);
    const woken = (await readWatchedBy(tx, id)).filter(({ state, told }) => state === "ALARM" || told === "ALARM");
    await tell(
      tx,
      woken.map((subject) => endOf(subject, ALARM_ENDS.deleted(actor.name))),
      now,
    );
    await tx.alarm.delete({ where: { id } });
    await record(tx, {
      kind: "alarm.deleted",
      message: ALARM_EVENTS.deleted(actor.name, name),
      actor,
      details: { alarmId: id, name, rule },
    });
    return done(undefined);
  });
}
