import { createHash, randomBytes } from "node:crypto";
import { db } from "../../db";
import type { UserActor } from "../actor";

const IDLE_MINUTES = 12 * 60;
const ABSOLUTE_HOURS = 24;
/** The row is touched at most this often: a request must not become a write. */
const TOUCH_SECONDS = 60;

const hashOf = (id: string) => new Uint8Array(createHash("sha256").update(id).digest());

/** Opens a session and returns its id, which only the browser's cookie keeps. */
export async function openSession(userId: string): Promise<string> {
  const id = randomBytes(32).toString("base64url");
  await db.$executeRaw`
    INSERT INTO session (id_hash, user_id, expires_at) VALUES (${hashOf(id)}, ${userId}::uuid, now() + ${ABSOLUTE_HOURS} * interval '1 hour')`;
  return id;
}

/**
 * The user behind a session id, or null when it was revoked, has expired, was idle too long, or its user is disabled.
 * A stream looks without touching: a tab that is only open is idle.
 */
export async function userOfSession(
  id: string,
  { touch = true }: { touch?: boolean } = {},
): Promise<(UserActor & { email: string; stale: boolean; sessionHash: Uint8Array<ArrayBuffer> }) | null> {
  const [row] = await db.$queryRaw<{ id: string; name: string; email: string; role: UserActor["role"]; stale: boolean }[]>`
    SELECT u.id, u.name, u.email, u.role, s.last_seen_at < now() - ${TOUCH_SECONDS} * interval '1 second' AS stale
    FROM session s JOIN "user" u ON u.id = s.user_id
    WHERE s.id_hash = ${hashOf(id)} AND s.revoked_at IS NULL AND s.expires_at > now()
      AND s.last_seen_at > now() - ${IDLE_MINUTES} * interval '1 minute' AND u.disabled_at IS NULL`;
  if (!row) return null;
  if (touch && row.stale) await db.$executeRaw`UPDATE session SET last_seen_at = now() WHERE id_hash = ${hashOf(id)}`;
  return { kind: "user", ...row, sessionHash: hashOf(id) };
}

export async function revokeSession(id: string): Promise<void> {
  await db.$executeRaw`UPDATE session SET revoked_at = now() WHERE id_hash = ${hashOf(id)} AND revoked_at IS NULL`;
}
