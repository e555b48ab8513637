import { db } from "../../db";
import { ALARM_EVENTS, ALARM_REFUSALS } from "../../messages/alarm-deeds";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { enqueue } from "../notify/enqueue";
import { readRegion } from "../region";

/** Tells each of these something that is no alarm, by the way that an alarm takes. Returns how many will hear of it. */
export async function sendAlarmTest(
  { targetIds, alarm }: { targetIds: readonly string[]; alarm: string | null },
  { actor }: Call,
): Promise<Outcome<{ sent: number }>> {
  return db.$transaction(async (tx) => {
    const { now } = await readRegion(tx);
    const note = { kind: "test", by: actor.name, alarm, at: now.toISOString() } as const;
    const sent = await enqueue(
      tx,
      [...new Set(targetIds)].map((targetId) => ({ targetId, note })),
    );
    if (sent === 0) return ALARM_REFUSALS.targetGone;
    await record(tx, { kind: "alarm.tested", message: ALARM_EVENTS.tested(actor.name, alarm), actor });
    return done({ sent });
  });
}
