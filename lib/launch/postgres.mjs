/** The embedded PostgreSQL server: real binaries from npm, listening on loopback only, with no setup. */
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { installBinaries } from "./binaries.mjs";
import { clusterOf, ensureInitialised, isAbandoned, isInitialised, postgresEnvironment, setAside, SUPERUSER } from "./cluster.mjs";
import { tryPort } from "./ports.mjs";
import { commandLineOf, endedWithin, isAlive, workingFolderOf } from "./processes.mjs";

const DATABASE = "regent";
const READY_TIMEOUT_MS = 30_000;
const POLL_MS = 20;
const WATCH_MS = 500;
const FAST_SHUTDOWN_MS = 900;
const IMMEDIATE_SHUTDOWN_MS = 3000;
/** A free port may be taken between looking and listening. */
const PORT_ATTEMPTS = 3;

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  timezone: "UTC",
  log_timezone: "UTC",
  // A worker takes up to 24, a web process 14; several may run, and a test run has many.
  max_connections: 300,
  // A failing statement's text could hold what a person typed.
  log_min_error_statement: "panic",
  // After a crash: one call, where by default every file is opened and synced before anything else.
  ...(process.platform === "linux" ? { recovery_init_sync_method: "syncfs" } : {}),
};
/** For databases that live as long as a test run. */
const THROW_AWAY = { fsync: "off", full_page_writes: "off", synchronous_commit: "off" };

/** @typedef {{ url: string, pid: number, adopted: boolean, stop: (patienceMs?: number) => Promise<void>, ended: Promise<void> }} Postgres */

/**
 * Starts the server of a private folder, or takes over the one that a killed launcher left running.
 * @param {{ folder: string, durable?: boolean, log?: (line: string) => void, signal?: AbortSignal, port?: number }} options durable
 *   false trades safety for speed; port is taken, and no other, where it is given
 * @returns {Promise<Postgres>} url names a database that exists; stop waits that long for a
 *   checkpoint before it cuts the server off, whose next start then takes longer; ended resolves when the server is gone
 */
export async function startPostgres({ folder, durable = true, log = console.log, signal, port: wanted }) {
  const cluster = clusterOf(folder);
  if (isAbandoned(cluster)) {
    await stopLeftServer(cluster);
    log(`The database of a removed region was set aside in ${setAside(cluster)}.`);
  }
  const binaries = installBinaries(cluster.account);
  const password = await ensureInitialised(cluster, binaries, { durable, signal });
  const left = await leftServer(cluster, password);
  const { pid, port } = left ?? (await launch(cluster, binaries, password, { durable, signal, wanted }));
  const url = await ensureDatabase(port, password);
  return { url, pid, adopted: Boolean(left), stop: (patienceMs) => stopServer(pid, patienceMs), ended: whenEnded(pid) };
}

/**
 * Stops the server of a private folder, if one is left, and removes its files. For throw-away folders.
 * @param {string} folder
 */
export async function removePostgres(folder) {
  const cluster = clusterOf(folder);
  if (isInitialised(cluster)) await stopLeftServer(cluster);
  rmSync(cluster.base, { recursive: true, force: true });
}

async function launch(cluster, binaries, password, { durable, signal, wanted = 0 }) {
  for (let attempt = 1; ; attempt++) {
    const port = await tryPort(wanted);
    const server = spawnServer(cluster, binaries, { port, ...SETTINGS, ...(durable ? {} : THROW_AWAY) });
    const failure = await untilReady(server, urlFor(port, password), signal);
    if (!failure) return { pid: server.pid, port };
    const words = readFileSync(cluster.log, "utf8");
    if (attempt < PORT_ATTEMPTS && words.includes("could not bind")) continue;
    throw new Error(`PostgreSQL did not start: ${failure}. Its log is ${cluster.log}; it ends with:\n${words.slice(-2000).trim()}`);
  }
}

function spawnServer({ data, log, account }, binaries, settings) {
  const words = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const output = openSync(log, "w", 0o600);
  // Detached: Ctrl-C in the terminal must reach the processes that use it first; the launcher then stops the server.
  const server = spawn(join(binaries, "bin/postgres"), ["-D", data, ...words], {
    ...account,
    cwd: data,
    env: postgresEnvironment(),
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  server.on("error", () => {}); // It then has no pid, which untilReady reports.
  server.unref();
  return server;
}

async function untilReady(server, url, signal) {
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline && !signal?.aborted; await sleep(POLL_MS)) {
    if (!server.pid) return "its program could not be run";
    if (server.exitCode !== null || server.signalCode !== null) return `it ended with ${server.signalCode ?? `code ${server.exitCode}`}`;
    if (await dataFolderAt(url)) return undefined;
  }
  await stopServer(server.pid);
  signal?.throwIfAborted();
  return `it did not answer for ${READY_TIMEOUT_MS / 1000} seconds`;
}

/** The server that runs on these files already, once it answers. */
async function leftServer({ data }, password) {
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    const noted = notedServer(data);
    if (!noted || !isAlive(noted.pid)) return undefined;
    if (!runsOn(noted.pid, data)) {
      disown(data);
      return undefined;
    }
    if (noted.port && (await dataFolderAt(urlFor(noted.port, password))) === data) return noted;
  }
  throw new Error(`PostgreSQL runs on ${data} (process ${notedServer(data)?.pid}) but does not answer; stop it and start again.`);
}

async function stopLeftServer({ data }) {
  const noted = notedServer(data);
  if (noted && runsOn(noted.pid, data)) await stopServer(noted.pid);
}

/** What postmaster.pid says; its fourth line is the port, and is missing while the server starts. */
function notedServer(data) {
  try {
    const [pid, , , port] = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n").map(Number);
    return pid ? { pid, port } : undefined;
  } catch {
    return undefined; // No server, or one that is ending.
  }
}

/** A server works in its data folder; after a crash its number may belong to any other program. */
function runsOn(pid, data) {
  const folder = workingFolderOf(pid);
  return commandLineOf(pid).includes(join("bin", "postgres")) && (folder === undefined || folder === data);
}

/**
 * PostgreSQL refuses to start while the noted process lives, though it is another program. A number that surely is free lets it
 * go on to its second check, the shared memory, which still finds server processes that outlived their parent.
 */
function disown(data) {
  const path = join(data, "postmaster.pid");
  const [, ...rest] = readFileSync(path, "utf8").split("\n");
  writeFileSync(path, [FREE_PID, ...rest].join("\n"));
}
/** Above what Linux and macOS hand out (4,194,304 at most). */
const FREE_PID = 2_000_000_000;

async function stopServer(pid, patienceMs = FAST_SHUTDOWN_MS) {
  for (const [signal, withinMs] of /** @type {const} */ ([
    ["SIGINT", patienceMs],
    ["SIGQUIT", IMMEDIATE_SHUTDOWN_MS],
  ])) {
    if (isAlive(pid)) process.kill(pid, signal);
    if (await endedWithin(pid, withinMs)) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) does not end.`);
}

function whenEnded(pid) {
  return new Promise((resolve) => {
    const watch = setInterval(() => {
      if (isAlive(pid)) return;
      clearInterval(watch);
      resolve();
    }, WATCH_MS);
    watch.unref();
  });
}

const urlFor = (port, password, database = "postgres") =>
  `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}?sslmode=disable`;

/** Which files the server behind the address runs on; undefined when it does not answer. */
async function dataFolderAt(url) {
  try {
    return await withClient(url, async (client) => (await client.query("SHOW data_directory")).rows[0].data_directory);
  } catch {
    return undefined; // Not ready yet, or not ours: the caller asks again or gives up with a sentence.
  }
}

async function ensureDatabase(port, password) {
  await withClient(urlFor(port, password), async (client) => {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [DATABASE]);
    if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE}`);
  });
  return urlFor(port, password, DATABASE);
}

/**
 * @template T
 * @param {string} connectionString
 * @param {(client: pg.Client) => Promise<T>} run
 * @returns {Promise<T>}
 */
export async function withClient(connectionString, run) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 });
  client.on("error", () => {}); // A connection that breaks also fails the query in hand, which tells the caller.
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}
