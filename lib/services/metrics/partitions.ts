/** The tables of each level: made before they are needed, dropped when all that is in them is past its time. */
import { beginOf, LEVELS, type Level } from "../../domain/levels";
import type { RegionSettings } from "../../domain/settings";
import { samplePool } from "./pool";

const DAY_SECONDS = 86_400;
/** Makers and droppers take turns. */
const LOCK = "regent-sample-partitions";

const known = new Set<string>();

/** By the number of its period since 1970. */
const nameOf = (level: Level, at: number): string => `${level.table}_p${Math.floor(at / level.partition)}`;

/** Makes the table that a moment (seconds since 1970) belongs to, unless it is there. */
export async function ensurePartition(level: Level, at: number): Promise<void> {
  const name = nameOf(level, at);
  if (known.has(name)) return;
  const from = beginOf(at, level.partition);
  // Names and numbers of our own table of levels; a DDL statement takes no parameters.
  await locked(
    `CREATE TABLE IF NOT EXISTS metrics.${name} PARTITION OF metrics.${level.table}
     FOR VALUES FROM ('${new Date(from * 1000).toISOString()}') TO ('${new Date((from + level.partition) * 1000).toISOString()}')`,
  );
  known.add(name);
}

type Partition = { name: string; period: number };

/**
 * The tables of a level that hold nothing younger than so many days, and that have gone into the coarser level: when no worker ran for a
 * month, that is made first. `now`: seconds since 1970.
 */
export async function droppable(level: Level, now: number, days: number): Promise<Partition[]> {
  const rolledUp = await rolledUpUntil(LEVELS[LEVELS.findIndex(({ table }) => table === level.table) + 1]);
  const oldest = Math.floor(Math.min(now - days * DAY_SECONDS, rolledUp) / level.partition);
  const { rows } = await samplePool().query<{ name: string }>(
    "SELECT child.relname AS name FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid WHERE inhparent = $1::regclass",
    [`metrics.${level.table}`],
  );
  return rows.flatMap(({ name }) => {
    const period = new RegExp(`^${level.table}_p(\\d+)$`).exec(name)?.[1];
    return period === undefined || Number(period) >= oldest ? [] : [{ name, period: Number(period) }];
  });
}

/** Drops what is past its time. Returns the names of the tables that went. */
export async function dropOldPartitions(now: number, retention: RegionSettings["retention"]): Promise<string[]> {
  const dropped: string[] = [];
  // What another worker has dropped is made again when it is needed.
  known.clear();
  for (const level of LEVELS)
    for (const { name } of await droppable(level, now, level.days(retention))) {
      await locked(`DROP TABLE IF EXISTS metrics.${name}`);
      dropped.push(name);
    }
  return dropped;
}

/** Seconds since 1970. The coarsest level has none above it. */
async function rolledUpUntil(coarser: Level | undefined): Promise<number> {
  if (!coarser) return Number.POSITIVE_INFINITY;
  const { rows } = await samplePool().query<{ until: number }>(
    "SELECT extract(epoch FROM until)::float8 AS until FROM metrics.sample_progress WHERE level = $1",
    [coarser.table],
  );
  return rows[0]?.until ?? 0;
}

async function locked(statement: string): Promise<void> {
  const client = await samplePool().connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(hashtext($1))", [LOCK]);
    await client.query(statement);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined); // the connection is gone, and the transaction with it
    throw error;
  } finally {
    client.release();
  }
}
