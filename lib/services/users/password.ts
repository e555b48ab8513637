import { db } from "../../db";
import { ACCOUNT } from "../../messages/account";
import { PASSWORD_LINK } from "../../messages/sign-in";
import { USER_EVENTS } from "../../messages/users";
import { done, type Outcome } from "../../outcome";
import { makeLink, readLink, takeLink } from "../access/links";
import { hashPassword } from "../access/passwords";
import { passwordProved } from "../access/proof";
import { endSessions } from "../access/sessions";
import type { Call } from "../call";
import { record } from "../events/record";
import { about, guardUser } from "./guard";
import type { MadeLink } from "./invite";

/** A link with which a user chooses a new password. Older ones of the same user end. */
export const makePasswordLink = ({ userId, minutes }: { userId: string; minutes: number }, call: Call): Promise<Outcome<MadeLink>> =>
  db.$transaction(async (tx) => {
    const guarded = await guardUser(tx, userId, { what: "password-link" }, call);
    if (!guarded.ok) return guarded;
    const { user, actor } = guarded.value;
    const made = await makeLink(tx, userId, { purpose: "password", minutes, madeById: actor.id });
    await record(tx, {
      kind: "user.password-link",
      severity: "warning",
      message: USER_EVENTS.passwordLink(actor.name, user.name),
      actor,
      details: { ...about(userId, call), expiresAt: made.expiresAt },
    });
    return done(made);
  });

/** Whose password a link changes, for who has it. */
export async function readPasswordLink({ token }: { token: string }): Promise<Outcome<{ email: string; name: string }>> {
  const userId = await readLink(token, "password");
  const user = userId ? await db.user.findUnique({ where: { id: userId } }) : null;
  return user && !user.disabledAt ? done({ email: user.email, name: user.name }) : PASSWORD_LINK.invalid;
}

/** Uses a link up, and with it every other link of this user. Whoever was signed in as this user is not any more. Answers the address to sign in with. */
export async function resetPassword(
  { token, password }: { token: string; password: string },
  { from }: { from: string },
): Promise<Outcome<{ email: string }>> {
  const known = await readPasswordLink({ token });
  if (!known.ok) return known;
  const passwordHash = await hashPassword(password);
  return db.$transaction(async (tx) => {
    const userId = await takeLink(token, "password", tx);
    const user = userId ? await tx.user.findUnique({ where: { id: userId } }) : null;
    if (!user || user.disabledAt) return PASSWORD_LINK.invalid;
    const { id, name, role, email } = user;
    await tx.user.update({ where: { id }, data: { passwordHash } });
    await tx.oneTimeLink.deleteMany({ where: { userId: id } });
    await endSessions(tx, id);
    await record(tx, {
      kind: "user.password",
      severity: "warning",
      message: USER_EVENTS.passwordByLink(name),
      actor: { kind: "user", id, name, role },
      details: about(id, { from }),
    });
    return done({ email });
  });
}

/** Asks for the present password, where there is one; a session that was left open is not enough. Ends the other sessions. */
export async function changePassword({ present, password }: { present: string; password: string }, call: Call): Promise<Outcome> {
  const { actor, sessionHash } = call;
  const proved = await passwordProved(actor.id, present);
  if (!proved.ok) return proved;
  if (present === password) return ACCOUNT.samePassword;
  const passwordHash = await hashPassword(password);
  return db.$transaction(async (tx) => {
    await tx.user.update({ where: { id: actor.id }, data: { passwordHash } });
    await tx.oneTimeLink.deleteMany({ where: { userId: actor.id } });
    await endSessions(tx, actor.id, sessionHash);
    await record(tx, { kind: "user.password", message: USER_EVENTS.password(actor.name), actor, details: about(actor.id, call) });
    return done(undefined);
  });
}
