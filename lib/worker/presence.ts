/**
 * Who of the workers lives. Each holds a PostgreSQL session lock under its id for as long as its connection lives; a lock that
 * another can take means that its holder is dead, however it died. A worker that loses its own lock stops at once.
 */
import { createHash } from "node:crypto";
import pg from "pg";
import { HOLDERS } from "./engine";

const lockKey = (id: string): string => createHash("sha256").update(`regent-worker:${id}`).digest().readBigInt64BE().toString();

/**
 * A worker that says nothing for so long hangs, though its connection and its lock live on: it was stopped, or frozen with its machine.
 * Its connection is ended for it; what it still has in its head it asks for before it does it, see held.ts.
 */
const HANGS_MS = 30_000;

/** An answer that takes longer counts as none: by then another worker may have been told that this one is dead. */
const QUERY_MS = 4000;

/**
 * All others that may have work in hand: the registered ones, and those that were forgotten already. One that was told to stop, or
 * woke up, may take work from the queue for a last moment after another has followed it; nobody would ever look for that.
 */
const OTHERS = `
  SELECT id, seen_at FROM worker WHERE id <> $1
  UNION ALL
  SELECT executor_id, NULL::timestamptz FROM (${HOLDERS}) AS holder
  WHERE executor_id <> $1 AND NOT EXISTS (SELECT 1 FROM worker WHERE id = executor_id)`;

export type Presence = {
  /** Runs `adopt` for each worker found dead, under its lock, and forgets it afterwards. Also shows that this one lives. */
  look(adopt: (deadId: string) => Promise<void>): Promise<void>;
  leave(): Promise<void>;
};

/** Registers this worker; `lost` is called once when its connection, and with it the lock, is gone. */
export async function arrive(id: string, version: string, lost: (error: Error) => void, { hangsMs = HANGS_MS } = {}): Promise<Presence> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL, keepAlive: true, query_timeout: QUERY_MS });
  let leaving = false;
  client.on("error", (error) => void (leaving || lost(error)));
  client.on("end", () => void (leaving || lost(new Error("The worker's connection ended."))));
  await client.connect();
  // Without this, a cut cable would leave the lock with a dead worker until TCP gives up, hours later.
  await client.query(
    "SET tcp_keepalives_idle = 2; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3; SET tcp_user_timeout = 5000",
  );
  await client.query("SELECT pg_advisory_lock($1::bigint)", [lockKey(id)]);
  await client.query("INSERT INTO worker (id, version) VALUES ($1, $2)", [id, version]);

  // By this process's own clock: the database's may be set while everybody is well.
  const heard = new Map<string, { seenAt: number; since: number }>();
  const hangs = (other: string, seenAt: number): boolean => {
    const known = heard.get(other);
    if (known?.seenAt === seenAt) return performance.now() - known.since > hangsMs;
    heard.set(other, { seenAt, since: performance.now() });
    return false;
  };
  const endConnectionOf = (other: string) =>
    client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND ((classid::bigint << 32) | objid::bigint) = $1::bigint`,
      [lockKey(other)],
    );

  return {
    async look(adopt) {
      const alive = await client.query("UPDATE worker SET seen_at = now() WHERE id = $1", [id]).catch((error: Error) => error);
      if (leaving) return;
      if (alive instanceof Error) return lost(alive);
      if (alive.rowCount !== 1) return lost(new Error("Another worker took this one for dead and has its operations."));
      const { rows } = await client.query<{ id: string; seen_at: Date | null }>(OTHERS, [id]);
      for (const other of rows) {
        const taken = await client.query<{ free: boolean }>("SELECT pg_try_advisory_lock($1::bigint) AS free", [lockKey(other.id)]);
        if (!taken.rows[0]?.free) {
          if (other.seen_at && hangs(other.id, other.seen_at.getTime())) await endConnectionOf(other.id);
          continue;
        }
        try {
          await adopt(other.id);
          await client.query("DELETE FROM worker WHERE id = $1", [other.id]);
          heard.delete(other.id);
        } finally {
          await client.query("SELECT pg_advisory_unlock($1::bigint)", [lockKey(other.id)]);
        }
      }
    },
    // The row stays: the next worker finds the lock free and takes over what was in flight.
    async leave() {
      leaving = true;
      await client.end();
    },
  };
}
