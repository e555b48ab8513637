import { createHash, randomBytes } from "node:crypto";
import { db, type Tx } from "../../db";

const LIFE_HOURS = 24;
const hashOf = (token: string) => new Uint8Array(createHash("sha256").update(token).digest());

/**
 * Makes a link's token: for a user it signs in, without one it sets up the first administrator. Older unused ones end.
 * The token stands behind "#" in the address, so that it reaches no server log and no Referer.
 */
export async function makeLink(tx: Tx, userId: string | null): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await tx.oneTimeLink.deleteMany({ where: { userId } });
  await tx.$executeRaw`
    INSERT INTO one_time_link (token_hash, user_id, expires_at) VALUES (${hashOf(token)}, ${userId}::uuid, now() + ${LIFE_HOURS} * interval '1 hour')`;
  return token;
}

/** Uses a link up. Returns the user it signs in, "set-up" for the set-up link, or null when it is unknown, used or expired. */
export async function takeLink(token: string, purpose: "sign-in" | "set-up", tx: Tx = db): Promise<string | null> {
  const rows = await tx.$queryRaw<{ user_id: string | null }[]>`
    UPDATE one_time_link SET used_at = now()
    WHERE token_hash = ${hashOf(token)} AND used_at IS NULL AND expires_at > now() AND (user_id IS NULL) = ${purpose === "set-up"}
    RETURNING user_id`;
  return rows[0] ? (rows[0].user_id ?? "set-up") : null;
}
