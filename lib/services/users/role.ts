import { db } from "../../db";
import type { UserRole } from "../../domain/permissions";
import { USER_EVENTS } from "../../messages/users";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { about, guardUser, takeBackPromises } from "./guard";

/** Open pages have it with their next request, and open streams at the commit: a trigger tells them. */
export const changeRole = ({ userId, role }: { userId: string; role: UserRole }, call: Call): Promise<Outcome> =>
  db.$transaction(async (tx) => {
    const guarded = await guardUser(tx, userId, { what: "role", role }, call);
    if (!guarded.ok) return guarded;
    const { user, actor } = guarded.value;
    await tx.user.update({ where: { id: userId }, data: { role } });
    const ended = user.role === "admin" ? await takeBackPromises(tx, userId) : {};
    await record(tx, {
      kind: "user.role",
      severity: "warning",
      message: USER_EVENTS.role(actor.name, user.name, user.role, role),
      actor,
      details: { ...about(userId, call), was: user.role, is: role, ...ended },
    });
    return done(undefined);
  });
