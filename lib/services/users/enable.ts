import { db, type Tx } from "../../db";
import { USER_EVENTS } from "../../messages/users";
import { done, type Outcome } from "../../outcome";
import { endSessions } from "../access/sessions";
import type { Call } from "../call";
import { record } from "../events/record";
import { about, guardUser, takeBackPromises } from "./guard";

/** A disabled user has no session, no link, and nothing promised to others; the account stays as it is. */
export const enableUser = ({ userId, enabled }: { userId: string; enabled: boolean }, call: Call): Promise<Outcome> =>
  db.$transaction(async (tx) => {
    const guarded = await guardUser(tx, userId, { what: enabled ? "enable" : "disable" }, call);
    if (!guarded.ok) return guarded;
    const { user, actor } = guarded.value;
    await tx.$executeRaw`UPDATE "user" SET disabled_at = CASE WHEN ${enabled} THEN NULL ELSE now() END WHERE id = ${userId}::uuid`;
    const ended = enabled ? {} : await endAll(tx, userId);
    await record(tx, {
      kind: enabled ? "user.enabled" : "user.disabled",
      severity: "warning",
      message: (enabled ? USER_EVENTS.enabled : USER_EVENTS.disabled)(actor.name, user.name),
      actor,
      details: { ...about(userId, call), ...ended },
    });
    return done(undefined);
  });

async function endAll(tx: Tx, userId: string): ReturnType<typeof takeBackPromises> {
  await endSessions(tx, userId);
  await tx.oneTimeLink.deleteMany({ where: { userId } });
  return takeBackPromises(tx, userId);
}
