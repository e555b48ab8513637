import { permits, permissionRefusal } from "../../domain/permissions";
import { userRefusal, type UserChange } from "../../domain/users";
import { USERS } from "../../messages/users";
import { done, type Outcome } from "../../outcome";
import type { Tx } from "../../db";
import type { User } from "../../generated/prisma/client";
import type { UserActor } from "../actor";
import type { Call } from "../call";
import { lockRegion } from "../region";

/**
 * Decisions about people are made one at a time, and who decides is read again after the lock: of two Admins who demote each other in
 * the same moment, the second is none any more.
 */
export async function lockPeople(tx: Tx, { actor }: Call): Promise<Outcome<UserActor>> {
  await lockRegion(tx);
  const now = await tx.user.findUnique({ where: { id: actor.id } });
  if (!now || now.disabledAt || !permits(now.role, "user.manage")) return permissionRefusal("user.manage");
  return done({ ...actor, name: now.name, role: now.role });
}

/** The user and who changes him, locked; or why it may not be. */
export async function guardUser(
  tx: Tx,
  userId: string,
  change: UserChange,
  call: Call,
): Promise<Outcome<{ user: User; actor: UserActor }>> {
  const actor = await lockPeople(tx, call);
  if (!actor.ok) return actor;
  const user = await tx.user.findUnique({ where: { id: userId } });
  if (!user) return USERS.gone;
  const admins = await tx.user.count({ where: { role: "admin", disabledAt: null } });
  const refusal = userRefusal(change, { ...user, disabled: user.disabledAt !== null }, { actorId: actor.value.id, admins });
  return refusal ?? done({ user, actor: actor.value });
}

/**
 * What an Admin promised to others is worth nothing when he is none any more. Answers what ended, for the event: whom he had invited, by
 * their addresses, and how many links for a new password.
 */
export async function takeBackPromises(tx: Tx, userId: string): Promise<{ invitationsEnded: string[]; passwordLinksEnded: number }> {
  const ended = await tx.$queryRaw<{ email: string }[]>`
    UPDATE invitation SET revoked_at = now()
    WHERE made_by_id = ${userId}::uuid AND used_at IS NULL AND revoked_at IS NULL AND expires_at > now() RETURNING email`;
  const { count } = await tx.oneTimeLink.deleteMany({ where: { madeById: userId, usedAt: null } });
  return { invitationsEnded: ended.map(({ email }) => email).sort(), passwordLinksEnded: count };
}

/** For an event: from where the request came, as far as it is known, and whom it is about. */
export const about = (user: string, { from }: { from?: string | undefined }): { user: string; from?: string } => ({
  user,
  ...(from ? { from } : {}),
});
