import { randomUUID } from "node:crypto";
import { db, type Tx } from "../../db";
import { NOTIFY } from "../../messages/notify";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";

/** Switches a target on or off. One that is off gets nothing, also not what waited for it: that is recorded as given up. */
export const enableTarget = ({ targetId, enabled }: { targetId: string; enabled: boolean }, { actor }: Call): Promise<Outcome> =>
  db.$transaction(async (tx) => {
    const [target] = await tx.$queryRaw<{ name: string; enabled: boolean }[]>`
      SELECT name, enabled FROM notify_target WHERE id = ${targetId}::uuid FOR UPDATE`;
    if (!target) return NOTIFY.targetGone;
    if (target.enabled === enabled) return done(undefined);
    await tx.notifyTarget.update({ where: { id: targetId }, data: { enabled, failingSince: null, problem: null } });
    if (!enabled) await giveUp(tx, targetId, NOTIFY.endedBy(actor.name));
    await record(tx, {
      kind: "notify.target",
      severity: enabled ? "info" : "warning",
      message: NOTIFY.targetEvent(actor.name, enabled ? "switched on" : "switched off", target.name),
      actor,
      details: { target: targetId },
    });
    return done(undefined);
  });

async function giveUp(tx: Tx, targetId: string, answer: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE delivery SET state = 'dead', ended_at = clock_timestamp(), leased_until = NULL, answer = ${answer}
    WHERE target_id = ${targetId}::uuid AND state = 'waiting'`;
  const id = randomUUID();
  await tx.$executeRaw`
    INSERT INTO delivery (id, target_id, message_id, state, ended_at, answer)
    SELECT ${id}::uuid, ${targetId}::uuid, ${`<${id}@regent.invalid>`}, 'dead', clock_timestamp(), ${answer}
    WHERE EXISTS (SELECT 1 FROM notification WHERE target_id = ${targetId}::uuid AND delivery_id IS NULL)`;
  await tx.$executeRaw`UPDATE notification SET delivery_id = ${id}::uuid WHERE target_id = ${targetId}::uuid AND delivery_id IS NULL`;
}

/** Removes it with what was told to it. Refused with the names while alarms tell it, unless it shall go all the same. */
export const removeTarget = ({ targetId, anyway }: { targetId: string; anyway: boolean }, { actor }: Call): Promise<Outcome> =>
  db.$transaction(async (tx) => {
    const [target] = await tx.$queryRaw<{ name: string }[]>`SELECT name FROM notify_target WHERE id = ${targetId}::uuid FOR UPDATE`;
    if (!target) return NOTIFY.targetGone;
    const alarms = await tx.$queryRaw<{ name: string }[]>`
      SELECT name FROM alarm WHERE id IN (SELECT alarm_id FROM alarm_action WHERE target_id = ${targetId}::uuid) ORDER BY name`;
    if (alarms.length > 0 && !anyway)
      return NOTIFY.inUse(
        target.name,
        alarms.map(({ name }) => name),
      );
    await tx.notifyTarget.delete({ where: { id: targetId } });
    await record(tx, {
      kind: "notify.target",
      severity: "warning",
      message: NOTIFY.targetEvent(actor.name, "removed", target.name),
      actor,
      details: { target: targetId, alarms: alarms.map(({ name }) => name) },
    });
    return done(undefined);
  });
