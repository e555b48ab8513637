/** A whole Regent on one machine: database, web, worker and, in a demo region, the simulated servers. Needs an install and a build. */
import { setTimeout as sleep } from "node:timers/promises";
import { privateFolder, readRegion, writeRegion } from "./data-folder.mjs";
import { environments } from "./environment.mjs";
import { keepPostgres } from "./keep-postgres.mjs";
import { alreadyRuns, regionLock, tryLock } from "./lock.mjs";
import { migrate } from "./migrate.mjs";
import { tryPort } from "./ports.mjs";
import { provision } from "./provision.mjs";
import { supervise } from "./supervise.mjs";

const READY_TIMEOUT_MS = 60_000;
const READY_POLL_MS = 50;
/** What is left of it after the other processes is the database's, for a checkpoint. */
const STOP_MS = 1700;
const DEMO_TIMEOUT_MS = 30_000;
const GIVE_UP = { deaths: 5, withinMs: 60_000 };

/** What node runs for each process; tests put their own in. */
export const PROGRAMS = {
  web: ["node_modules/next/dist/bin/next", "start"],
  // The engine opens its pool in a way that the next major version of pg will not take any more; nobody who starts Regent can mend that.
  worker: ["--disable-warning=DeprecationWarning", ".next/worker.mjs"],
  demo: [".next/demo.mjs"],
};

/**
 * @typedef {object} Options
 * @property {string} dataDir the private folder; made when missing
 * @property {number} [port] 0, the default, takes a free one
 * @property {string} [host]
 * @property {string} [url] the public origin; otherwise made from host and port
 * @property {boolean} [demo] whether a first start makes a demo region; later starts keep what the first decided
 * @property {string} [databaseUrl] a server of one's own instead of the embedded one; never with demo
 * @property {boolean} [durable] false trades the database's safety for speed, for throw-away regions
 * @property {Record<string, string | undefined>} [env] what the processes may inherit; the launcher's own by default
 * @property {AbortSignal} [signal] gives up a start that is under way
 * @property {(line: string) => void} [log]
 * @property {typeof PROGRAMS} [programs]
 */

/**
 * @typedef {object} Regent
 * @property {string} url
 * @property {string} databaseUrl
 * @property {string} [signIn] a one-time link, while nobody can sign in yet
 * @property {string} [setUp] a one-time link, while there is no user
 * @property {boolean} demo
 * @property {{ web: () => number | undefined, worker: () => number | undefined, demo: () => number | undefined }} pids of what runs now
 * @property {Promise<string>} broken resolves with the reason when Regent can not go on; stop is then still to be called
 * @property {() => Promise<void>} stop ends everything, in under two seconds
 */

/**
 * Starts everything and waits until it answers. Rejects with one sentence, leaving nothing behind that runs.
 * @param {Options} options
 * @returns {Promise<Regent>}
 */
export async function startRegent(options) {
  const host = options.host ?? "127.0.0.1";
  const port = options.port || (await tryPort(0, host));
  const url = options.url ?? originFor(host, port);
  const dataDir = privateFolder(options.dataDir);
  const lock = tryLock(regionLock(dataDir), { url });
  if ("holder" in lock) throw new Error(alreadyRuns(lock.holder));

  /** How to end what was started, ended in the reverse order. */
  const running = [async () => lock.release()];
  const stopping = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stopping.signal]) : stopping.signal;
  let stopped;
  const stop = () => {
    stopping.abort(new Error("Regent was told to stop."));
    return (stopped ??= stopAll(running));
  };
  try {
    return { ...(await startParts({ ...options, host, port, url, dataDir, signal }, running)), url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function stopAll(running) {
  const began = Date.now();
  while (running.length > 0) await running.pop()(Date.now() - began);
}

async function startParts(options, running) {
  const { dataDir, host, port, url, databaseUrl: external, signal, programs = PROGRAMS, log = console.log, env: given } = options;
  const demoPort = await decideRegion({ dataDir, wanted: Boolean(options.demo), external });
  const database = external
    ? undefined
    : await keepPostgres({ folder: dataDir, durable: options.durable, log, signal, giveUpAfter: GIVE_UP });
  if (database) running.push((elapsedMs) => database.stop(STOP_MS - elapsedMs));
  const databaseUrl = external ?? database.url;
  signal.throwIfAborted();
  await migrate(databaseUrl);
  signal.throwIfAborted();

  const env = environments({ folder: dataDir, databaseUrl, url, demoPort, given });
  /** @type {Record<string, import("./supervise.mjs").Supervised>} */
  const processes = {};
  running.push(async () => void (await Promise.all(Object.values(processes).map((process) => process.stop()))));
  const run = (name, args, more = {}) => {
    signal.throwIfAborted();
    processes[name] = supervise({ name, args, env: env[name], ...more }, log);
  };

  if (demoPort) run("demo", programs.demo, { readyLine: /^\{"ready":\d+\}$/ });
  run("web", [...programs.web, "-p", String(port), "-H", host], { giveUpAfter: GIVE_UP });
  const broken = Promise.race([
    processes.web.gaveUp,
    ...(database ? [database.gaveUp.then((reason) => `${reason} Its log lies below ${dataDir}.`)] : []),
  ]);
  const work = async () => {
    // The simulated servers are met over SSH like any others, so they must answer first.
    if (demoPort) await orFail(processes.demo.ready, DEMO_TIMEOUT_MS, "The demo region's servers did not start");
    const links = await provision({ program: programs.worker, env: env.worker, url, demo: Boolean(demoPort), signal });
    run("worker", programs.worker);
    await untilReady(port, host, signal);
    return links;
  };
  const links = await Promise.race([work(), broken.then((reason) => Promise.reject(new Error(reason)))]);
  const pids = { web: () => processes.web.pid(), worker: () => processes.worker.pid(), demo: () => processes.demo?.pid() };
  return { ...links, databaseUrl, demo: Boolean(demoPort), pids, broken };
}

/**
 * Whether this is a demo region is decided on the first start and kept.
 * @returns {Promise<number | undefined>} the port of the simulated servers in a demo region
 */
async function decideRegion({ dataDir, wanted, external }) {
  if (external) return undefined;
  const known = readRegion(dataDir);
  const region = known ?? { demo: wanted };
  const demoPort = region.demo ? await demoPortFor(region.demoPort) : undefined;
  if (!known || demoPort !== region.demoPort) writeRegion(dataDir, { demo: region.demo, ...(demoPort ? { demoPort } : {}) });
  return demoPort;
}

/** The simulated servers share one port on many loopback addresses; what is free on all addresses is free on those. */
async function demoPortFor(remembered = 0) {
  try {
    return await tryPort(remembered, "0.0.0.0");
  } catch {
    return tryPort(0, "0.0.0.0"); // Another program took it since.
  }
}

/** @returns the address under which a browser on this machine finds what listens there */
function originFor(host, port) {
  const name = ["127.0.0.1", "0.0.0.0", "::", "::1", "localhost"].includes(host) ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

async function untilReady(port, host, signal) {
  const local = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : host.includes(":") ? `[${host}]` : host;
  let last = "no answer";
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline; await sleep(READY_POLL_MS, undefined, { signal })) {
    try {
      const response = await fetch(`http://${local}:${port}/readyz`, { signal: AbortSignal.timeout(5000) });
      last = (await response.text()).slice(0, 200);
      if (response.ok) return;
    } catch (error) {
      last = error.cause?.code ?? error.message;
    }
  }
  throw new Error(
    `Regent did not become ready in ${READY_TIMEOUT_MS / 1000} seconds (${last}); the lines above say what its processes met.`,
  );
}

async function orFail(promise, timeoutMs, sentence) {
  const timeout = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: timeout.signal }).then(
    () => Promise.reject(new Error(`${sentence} within ${timeoutMs / 1000} seconds.`)),
    () => {},
  );
  try {
    await Promise.race([promise, late]);
  } finally {
    timeout.abort();
  }
}
