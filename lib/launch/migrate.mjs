/**
 * Applies prisma/migrations as `prisma migrate deploy` does, from plain SQL over one connection and in milliseconds,
 * then the tables of the durable workflows. Several may call it at once: they take turns.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DBOS } from "@dbos-inc/dbos-sdk";
import { allMigrations } from "@dbos-inc/dbos-sdk/internal/sysdb_migrations/internal/migrations";
import { root } from "./data-folder.mjs";
import { withClient } from "./postgres.mjs";

/** The lock Prisma's own engine takes, so that the two never run at once. */
const PRISMA_LOCK = 72_707_369;
const LOCK_POLL_MS = 50;
const LOCK_TIMEOUT_MS = 120_000;
const OLDEST_SERVER = 150_000;

const HISTORY_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

/**
 * @param {string} url
 * @param {string} [folder]
 * @returns {Promise<string[]>} the names of the migrations applied now; rejects with one sentence when the history does not fit
 */
export async function migrate(url, folder = join(root, "prisma/migrations")) {
  return withClient(url, async (client) => {
    await requireServer(client);
    await takeTurn(client);
    await client.query("SET client_min_messages = warning");
    await client.query(HISTORY_TABLE);
    const pending = compare(readMigrations(folder), await appliedTo(client));
    for (const migration of pending) await apply(client, migration);
    await migrateWorkflows(client, url);
    return pending.map(({ name }) => name);
  }).catch((error) => {
    if (!UNREACHABLE.has(error.code)) throw error;
    throw new Error(`The database did not answer (${error.code}); check DATABASE_URL and that the server runs.`, { cause: error });
  });
}
const UNREACHABLE = new Set(["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ETIMEDOUT", "ECONNRESET"]);

async function requireServer(client) {
  const { rows } = await client.query(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version",
  );
  if (rows[0].number < OLDEST_SERVER) throw new Error(`Regent needs PostgreSQL 15 or newer; the server is ${rows[0].version}.`);
}

/** Asks again instead of waiting in the server: a session that waits there holds up CREATE INDEX CONCURRENTLY of the one whose turn it is. */
async function takeTurn(client) {
  for (const deadline = Date.now() + LOCK_TIMEOUT_MS; Date.now() < deadline; await sleep(LOCK_POLL_MS)) {
    const { rows } = await client.query("SELECT pg_try_advisory_lock($1) AS mine", [PRISMA_LOCK]);
    if (rows[0].mine) return;
  }
  throw new Error("Another process has been migrating this database for two minutes; look at what it waits for, then start again.");
}

async function appliedTo(client) {
  const { rows } = await client.query("SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL");
  return new Map(rows.map((row) => [row.migration_name, row]));
}

/** @returns what is still to be applied */
function compare(migrations, applied) {
  const pending = [];
  for (const migration of migrations) {
    const record = applied.get(migration.name);
    applied.delete(migration.name);
    if (!record) pending.push(migration);
    else if (!record.finished_at)
      throw new Error(`Migration ${migration.name} failed earlier; repair the database and tell it so with prisma migrate resolve.`);
    else if (record.checksum !== migration.checksum)
      throw new Error(`Migration ${migration.name} was edited after it was applied; restore its text and write a new one.`);
  }
  if (applied.size)
    throw new Error(`The database is newer than this Regent: it holds ${[...applied.keys()].join(", ")}. Start the newer release.`);
  return pending;
}

function readMigrations(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function apply(client, { name, sql, checksum }) {
  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw new Error(`Migration ${name} failed and was undone: ${error.message}`, { cause: error });
  }
}

/** The schema "dbos". A newer one is left alone, as the engine itself does. */
async function migrateWorkflows(client, url) {
  const { rows } = await client.query("SELECT to_regclass('dbos.dbos_migrations') IS NOT NULL AS exists");
  const version = rows[0].exists
    ? Number((await client.query("SELECT max(version) AS version FROM dbos.dbos_migrations")).rows[0].version)
    : 0;
  if (version < allMigrations("dbos").length) await quietly(() => DBOS.migrate(url));
}

/** The engine reports each of its steps on standard output, where only Regent's own lines belong. */
async function quietly(task) {
  const { log } = console;
  console.log = () => {};
  try {
    await task();
  } finally {
    console.log = log;
  }
}
