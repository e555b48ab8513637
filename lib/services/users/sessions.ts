import { db } from "../../db";
import { browserName } from "../../domain/browser-name";
import { permits, permissionRefusal } from "../../domain/permissions";
import { SESSIONS } from "../../messages/account";
import { USER_EVENTS } from "../../messages/users";
import { done, type Outcome } from "../../outcome";
import { OPEN_SESSION } from "../access/sessions";
import type { Call } from "../call";
import { record } from "../events/record";
import { about } from "./guard";

/** Times are ISO 8601; `browser` is null where it said nothing that is known; `own` is the one that asks. */
export type SessionView = { id: string; browser: string | null; address: string; since: string; seenAt: string; own: boolean };

type Row = { id: string; browser: string; address: string; created_at: Date; last_seen_at: Date; id_hash: Uint8Array };

/** The open sessions of a user, the newest first. */
export async function sessionsOf(userId: string, ownHash?: Uint8Array): Promise<SessionView[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT s.id, s.browser, s.address, s.created_at, s.last_seen_at, s.id_hash FROM session s
    WHERE s.user_id = ${userId}::uuid AND ${OPEN_SESSION} ORDER BY s.created_at DESC, s.id`;
  return rows.map((row) => ({
    id: row.id,
    browser: browserName(row.browser),
    address: row.address,
    since: row.created_at.toISOString(),
    seenAt: row.last_seen_at.toISOString(),
    own: ownHash !== undefined && Buffer.from(row.id_hash).equals(ownHash),
  }));
}

/** Everybody's own; of others for who may manage users. */
export async function listSessions({ userId }: { userId: string }, { actor, sessionHash }: Call): Promise<Outcome<SessionView[]>> {
  if (userId !== actor.id && !permits(actor.role, "user.manage")) return permissionRefusal("user.manage");
  return done(await sessionsOf(userId, sessionHash));
}

export const endSession = ({ sessionId }: { sessionId: string }, call: Call): Promise<Outcome> =>
  db.$transaction(async (tx) => {
    const { actor } = call;
    const session = await tx.session.findUnique({ where: { id: sessionId }, include: { user: { select: { name: true } } } });
    const own = session?.userId === actor.id;
    // Whoever may not see it is told that there is none.
    if (!session || (!own && !permits(actor.role, "user.manage"))) return SESSIONS.gone;
    const ended = await tx.$executeRaw`UPDATE session SET revoked_at = now() WHERE id = ${sessionId}::uuid AND revoked_at IS NULL`;
    if (!ended) return SESSIONS.gone;
    await record(tx, {
      kind: "user.session-ended",
      message: USER_EVENTS.session(actor.name, session.user.name, own),
      actor,
      details: about(session.userId, call),
    });
    return done(undefined);
  });
