import { createHash, randomBytes } from "node:crypto";
import { db, type Tx } from "../../db";

export type LinkPurpose = "set-up" | "sign-in" | "password";

const LAUNCHER_MINUTES = 24 * 60;
export const hashOfToken = (token: string) => new Uint8Array(createHash("sha256").update(token).digest());

type LinkTerms = { purpose?: LinkPurpose; minutes?: number; madeById?: string | null };

/**
 * Makes a link's token: for a user it signs in or changes the password, without one it sets up the first administrator. Older ones of
 * the same purpose end. The token stands behind "#" in the address, so that it reaches no server log and no Referer.
 */
export async function makeLink(tx: Tx, userId: string | null, terms: LinkTerms = {}): Promise<{ token: string; expiresAt: string }> {
  const { purpose = userId ? "sign-in" : "set-up", minutes = LAUNCHER_MINUTES, madeById = null } = terms;
  const token = randomBytes(32).toString("base64url");
  await tx.oneTimeLink.deleteMany({ where: { userId, purpose } });
  const [row] = await tx.$queryRaw<{ expires_at: Date }[]>`
    INSERT INTO one_time_link (token_hash, purpose, user_id, made_by_id, expires_at)
    VALUES (${hashOfToken(token)}, ${purpose}, ${userId}::uuid, ${madeById}::uuid, now() + ${minutes} * interval '1 minute') RETURNING expires_at`;
  if (!row) throw new Error("PostgreSQL kept no link and gave no reason.");
  return { token, expiresAt: row.expires_at.toISOString() };
}

/** Uses a link up. Returns the user whose it is, "set-up" for the set-up link, or null when it is unknown, used or expired. */
export async function takeLink(token: string, purpose: LinkPurpose, tx: Tx = db): Promise<string | null> {
  const rows = await tx.$queryRaw<{ user_id: string | null }[]>`
    UPDATE one_time_link SET used_at = now()
    WHERE token_hash = ${hashOfToken(token)} AND used_at IS NULL AND expires_at > now() AND purpose = ${purpose}
    RETURNING user_id`;
  return rows[0] ? (rows[0].user_id ?? "set-up") : null;
}

/** The user of a link that works, which it goes on to do. */
export async function readLink(token: string, purpose: LinkPurpose): Promise<string | null> {
  const rows = await db.$queryRaw<{ user_id: string | null }[]>`
    SELECT user_id FROM one_time_link
    WHERE token_hash = ${hashOfToken(token)} AND used_at IS NULL AND expires_at > now() AND purpose = ${purpose}`;
  return rows[0]?.user_id ?? null;
}
