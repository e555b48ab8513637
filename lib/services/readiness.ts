import { db } from "../db";

/** A worker touches its row every two seconds. */
const WORKER_SILENCE_SECONDS = 10;

/** What must be there for the console to do its work. Never throws: a database that is away is an answer. */
export async function readiness(): Promise<{ database: boolean; migrations: boolean; worker: boolean }> {
  try {
    const [row] = await db.$queryRaw<{ migrations: boolean; worker: boolean }[]>`
      SELECT NOT EXISTS (SELECT 1 FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL) AS migrations,
             EXISTS (SELECT 1 FROM worker WHERE seen_at > now() - ${WORKER_SILENCE_SECONDS} * interval '1 second') AS worker`;
    return { database: true, migrations: row?.migrations ?? false, worker: row?.worker ?? false };
  } catch {
    // The reason is in the pool's own log line; this answer must stay quick and quiet.
    return { database: false, migrations: false, worker: false };
  }
}
