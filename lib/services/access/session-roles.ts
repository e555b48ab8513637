import { setTimeout as sleep } from "node:timers/promises";
import { db } from "../../db";
import type { UserRole } from "../../domain/permissions";
import { hashOfSession, OPEN_SESSION } from "./sessions";

/** Every open stream looks every five seconds: what is asked within so long is one question to PostgreSQL, and not two hundred a second. */
const GATHER_MS = 100;

let asked = new Set<string>();
let answer: Promise<ReadonlyMap<string, UserRole>> | undefined;

/**
 * The role that the user of a session has now; null when it opens nothing any more, as userOfSession says. It looks without touching: a
 * tab that is only open is idle. Rejects for all who asked together when the database is away.
 */
export async function roleOfSession(id: string): Promise<UserRole | null> {
  const hash = hexOf(hashOfSession(id));
  asked.add(hash);
  answer ??= sleep(GATHER_MS).then(() => {
    const hashes = [...asked];
    [asked, answer] = [new Set(), undefined];
    return readRoles(hashes);
  });
  return (await answer).get(hash) ?? null;
}

const hexOf = (hash: Uint8Array): string => Buffer.from(hash).toString("hex");

async function readRoles(hashes: string[]): Promise<ReadonlyMap<string, UserRole>> {
  const rows = await db.$queryRaw<{ hash: Uint8Array; role: UserRole }[]>`
    SELECT s.id_hash AS hash, u.role
    FROM session s JOIN "user" u ON u.id = s.user_id
    WHERE s.id_hash IN (SELECT decode(hash, 'hex') FROM unnest(${hashes}::text[]) AS hash) AND ${OPEN_SESSION} AND u.disabled_at IS NULL`;
  return new Map(rows.map(({ hash, role }) => [hexOf(hash), role]));
}
