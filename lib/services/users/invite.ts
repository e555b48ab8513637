import { randomBytes } from "node:crypto";
import { db, type Tx } from "../../db";
import type { UserRole } from "../../domain/permissions";
import { USER_EVENTS, USERS } from "../../messages/users";
import { done, type Outcome } from "../../outcome";
import { hashOfToken } from "../access/links";
import type { Call } from "../call";
import { record } from "../events/record";
import { lockPeople } from "./guard";

export const MOST_INVITATIONS = 100;

/** A link that is shown once, and until when it works, ISO 8601. */
export type MadeLink = { token: string; expiresAt: string };

type Invited = { email: string; name: string; role: UserRole; minutes: number };

/** Invites somebody. A new invitation to the same address ends the one before. */
export const inviteUser = ({ email: typed, name, role, minutes }: Invited, call: Call): Promise<Outcome<MadeLink>> =>
  db.$transaction(async (tx) => {
    const actor = await lockPeople(tx, call);
    if (!actor.ok) return actor;
    const email = typed.toLowerCase();
    if (await tx.user.count({ where: { email } })) return USERS.taken(email);
    await tx.$executeRaw`UPDATE invitation SET revoked_at = now() WHERE email = ${email} AND used_at IS NULL AND revoked_at IS NULL`;
    if ((await openInvitations(tx)) >= MOST_INVITATIONS) return USERS.tooMany(MOST_INVITATIONS);
    const token = randomBytes(32).toString("base64url");
    const [row] = await tx.$queryRaw<{ expires_at: Date }[]>`
      INSERT INTO invitation (id, token_hash, email, name, role, made_by_id, created_at, expires_at)
      VALUES (gen_random_uuid(), ${hashOfToken(token)}, ${email}, ${name}, ${role}::user_role, ${actor.value.id}::uuid, now(), now() + ${minutes} * interval '1 minute')
      RETURNING expires_at`;
    if (!row) throw new Error("PostgreSQL kept no invitation and gave no reason.");
    const expiresAt = row.expires_at.toISOString();
    await record(tx, {
      kind: "user.invited",
      severity: "warning",
      message: USER_EVENTS.invited(actor.value.name, name, email, role),
      actor: actor.value,
      details: { email, role, expiresAt, ...(call.from ? { from: call.from } : {}) },
    });
    return done({ token, expiresAt });
  });

async function openInvitations(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM invitation WHERE used_at IS NULL AND revoked_at IS NULL AND expires_at > now()`;
  return row?.count ?? 0;
}

export const revokeInvitation = ({ invitationId }: { invitationId: string }, call: Call): Promise<Outcome> =>
  db.$transaction(async (tx) => {
    const actor = await lockPeople(tx, call);
    if (!actor.ok) return actor;
    const [row] = await tx.$queryRaw<{ name: string; email: string }[]>`
      UPDATE invitation SET revoked_at = now() WHERE id = ${invitationId}::uuid AND used_at IS NULL AND revoked_at IS NULL RETURNING name, email`;
    if (!row) return USERS.invitationGone;
    await record(tx, {
      kind: "user.invitation-revoked",
      message: USER_EVENTS.revoked(actor.value.name, row.name),
      actor: actor.value,
      details: { email: row.email, ...(call.from ? { from: call.from } : {}) },
    });
    return done(undefined);
  });
