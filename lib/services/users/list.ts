import { db } from "../../db";
import type { UserRole } from "../../domain/permissions";
import { OPEN_SESSION } from "../access/sessions";

/** Times are ISO 8601. */
export type UserRow = {
  id: string;
  name: string;
  email: string;
  role: UserRole;
  seenAt: string | null;
  sessions: number;
  factor: boolean;
  disabled: boolean;
};
export type InvitationRow = {
  id: string;
  name: string;
  email: string;
  role: UserRole;
  madeBy: string;
  expiresAt: string;
  expired: boolean;
};
export type People = { users: UserRow[]; invitations: InvitationRow[]; /** Of the database's clock, ISO 8601. */ now: string };

type RawUser = Omit<UserRow, "seenAt"> & { seen_at: Date | null };
type RawInvitation = Omit<InvitationRow, "madeBy" | "expiresAt"> & { made_by: string; expires_at: Date };

/** Everybody who may sign in or could once, by name; and who is invited. An invitation that has expired stands here until it is revoked or pruned. */
export async function readPeople(): Promise<People> {
  const [users, invitations, [clock]] = await Promise.all([
    db.$queryRaw<RawUser[]>`
      SELECT u.id, u.name, u.email, u.role, u.last_seen_at AS seen_at, u.disabled_at IS NOT NULL AS disabled, f.confirmed_at IS NOT NULL AS factor,
        (SELECT count(*)::int FROM session s WHERE s.user_id = u.id AND ${OPEN_SESSION}) AS sessions
      FROM "user" u LEFT JOIN second_factor f ON f.user_id = u.id ORDER BY lower(u.name), u.id`,
    db.$queryRaw<RawInvitation[]>`
      SELECT i.id, i.name, i.email, i.role, u.name AS made_by, i.expires_at, i.expires_at <= now() AS expired
      FROM invitation i JOIN "user" u ON u.id = i.made_by_id WHERE i.used_at IS NULL AND i.revoked_at IS NULL ORDER BY i.created_at DESC, i.id`,
    db.$queryRaw<{ now: Date }[]>`SELECT now() AS now`,
  ]);
  if (!clock) throw new Error("PostgreSQL did not say what time it is.");
  return {
    users: users.map(({ seen_at: seenAt, ...user }) => ({ ...user, seenAt: seenAt?.toISOString() ?? null })),
    invitations: invitations.map(({ made_by: madeBy, expires_at: expiresAt, ...invitation }) => ({
      ...invitation,
      madeBy,
      expiresAt: expiresAt.toISOString(),
    })),
    now: clock.now.toISOString(),
  };
}
