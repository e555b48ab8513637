import { db } from "../../db";
import type { UserRole } from "../../domain/permissions";
import { INVITATION } from "../../messages/sign-in";
import { USER_EVENTS } from "../../messages/users";
import { done, type Outcome } from "../../outcome";
import { hashOfToken } from "../access/links";
import { hashPassword } from "../access/passwords";
import { record } from "../events/record";
import { lockRegion } from "../region";
import { about } from "./guard";

/** What the invited person sees before choosing a password; times are ISO 8601. */
export type InvitationView = { email: string; name: string; role: UserRole; expiresAt: string };

/** What a link holds, for who has it. */
export async function readInvitation({ token }: { token: string }): Promise<Outcome<InvitationView>> {
  const [row] = await db.$queryRaw<{ email: string; name: string; role: UserRole; expires_at: Date }[]>`
    SELECT email, name, role, expires_at FROM invitation
    WHERE token_hash = ${hashOfToken(token)} AND used_at IS NULL AND revoked_at IS NULL AND expires_at > now()`;
  return row ? done({ email: row.email, name: row.name, role: row.role, expiresAt: row.expires_at.toISOString() }) : INVITATION.invalid;
}

/** Makes the user, once for a link. Answers the address to sign in with. */
export async function acceptInvitation(
  { token, password }: { token: string; password: string },
  { from }: { from: string },
): Promise<Outcome<{ email: string }>> {
  // A hash costs memory and time: not for a link that opens nothing.
  const known = await readInvitation({ token });
  if (!known.ok) return known;
  const passwordHash = await hashPassword(password);
  return db.$transaction(async (tx) => {
    await lockRegion(tx);
    const [row] = await tx.$queryRaw<{ email: string; name: string; role: UserRole; by: string }[]>`
      UPDATE invitation i SET used_at = now() FROM "user" u
      WHERE i.token_hash = ${hashOfToken(token)} AND i.used_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now() AND u.id = i.made_by_id
      RETURNING i.email, i.name, i.role, u.name AS by`;
    if (!row) return INVITATION.invalid;
    const { email, name, role, by } = row;
    if (await tx.user.count({ where: { email } })) return INVITATION.taken(email);
    const { id } = await tx.user.create({ data: { email, name, role, passwordHash } });
    await record(tx, {
      kind: "user.joined",
      message: USER_EVENTS.joined(name, role, by),
      actor: { kind: "user", id, name, role },
      details: about(id, { from }),
    });
    return done({ email });
  });
}
