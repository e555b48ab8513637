import { createHash, randomBytes } from "node:crypto";
import { db, type Tx } from "../../db";
import { Prisma } from "../../generated/prisma/client";
import type { UserActor } from "../actor";

const IDLE_MINUTES = 12 * 60;
const ABSOLUTE_HOURS = 24;
/** The row is touched at most this often: a request must not become a write. */
const TOUCH_SECONDS = 60;

export const hashOfSession = (id: string) => new Uint8Array(createHash("sha256").update(id).digest());

/** Where a session was opened, as the client says: its address as far as it is known, and what its browser calls itself. */
export type Client = { address: string; browser: string };

/** Of a row `s`: it was not revoked, has not expired, and was not idle too long. */
export const OPEN_SESSION = Prisma.sql`
  s.revoked_at IS NULL AND s.expires_at > now() AND s.last_seen_at > now() - ${IDLE_MINUTES} * interval '1 minute'`;

/**
 * Opens a session and returns its id, which only the browser's cookie keeps. The id opens nothing when the user was disabled since the
 * sign-in was proved; otherwise the session would come to life when the user is enabled again.
 */
export async function openSession(userId: string, { address, browser }: Client = { address: "", browser: "" }): Promise<string> {
  const id = randomBytes(32).toString("base64url");
  await db.$executeRaw`
    WITH seen AS (UPDATE "user" SET last_seen_at = now() WHERE id = ${userId}::uuid AND disabled_at IS NULL RETURNING id)
    INSERT INTO session (id_hash, id, user_id, expires_at, address, browser)
    SELECT ${hashOfSession(id)}, gen_random_uuid(), id, now() + ${ABSOLUTE_HOURS} * interval '1 hour', ${address}, ${browser} FROM seen`;
  return id;
}

/** The user behind a session id, or null when it was revoked, has expired, was idle too long, or its user is disabled. */
export async function userOfSession(
  id: string,
): Promise<(UserActor & { email: string; stale: boolean; sessionHash: Uint8Array<ArrayBuffer> }) | null> {
  const [row] = await db.$queryRaw<{ id: string; name: string; email: string; role: UserActor["role"]; stale: boolean }[]>`
    SELECT u.id, u.name, u.email, u.role, s.last_seen_at < now() - ${TOUCH_SECONDS} * interval '1 second' AS stale
    FROM session s JOIN "user" u ON u.id = s.user_id
    WHERE s.id_hash = ${hashOfSession(id)} AND ${OPEN_SESSION} AND u.disabled_at IS NULL`;
  if (!row) return null;
  if (row.stale)
    await db.$executeRaw`
      WITH seen AS (UPDATE "user" SET last_seen_at = now() WHERE id = ${row.id}::uuid)
      UPDATE session SET last_seen_at = now() WHERE id_hash = ${hashOfSession(id)}`;
  return { kind: "user", ...row, sessionHash: hashOfSession(id) };
}

export async function revokeSession(id: string): Promise<void> {
  await db.$executeRaw`UPDATE session SET revoked_at = now() WHERE id_hash = ${hashOfSession(id)} AND revoked_at IS NULL`;
}

/** Ends every session of a user but the one that is kept. */
export async function endSessions(tx: Tx, userId: string, kept?: Uint8Array<ArrayBuffer>): Promise<void> {
  await tx.$executeRaw`
    UPDATE session SET revoked_at = now()
    WHERE user_id = ${userId}::uuid AND revoked_at IS NULL AND (${kept ?? null}::bytea IS NULL OR id_hash <> ${kept ?? null}::bytea)`;
}
