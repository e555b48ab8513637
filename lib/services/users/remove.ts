import { db } from "../../db";
import { USER_EVENTS } from "../../messages/users";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { about, guardUser, takeBackPromises } from "./guard";

/** For good, with sessions, links, invitations, second factor and saved views. Events and operations keep the name. */
export const removeUser = ({ userId }: { userId: string }, call: Call): Promise<Outcome> =>
  db.$transaction(async (tx) => {
    const guarded = await guardUser(tx, userId, { what: "remove" }, call);
    if (!guarded.ok) return guarded;
    const { user, actor } = guarded.value;
    const ended = await takeBackPromises(tx, userId);
    await tx.user.delete({ where: { id: userId } });
    await record(tx, {
      kind: "user.removed",
      severity: "warning",
      message: USER_EVENTS.removed(actor.name, user.name, user.email),
      actor,
      details: { ...about(userId, call), ...ended },
    });
    return done(undefined);
  });
