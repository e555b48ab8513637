/** Keeps one process running: starts it again when it dies, and ends it in time when told to. Uses no package. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { root } from "./data-folder.mjs";
import { countDeaths } from "./deaths.mjs";
import { signalGroup } from "./processes.mjs";

const TETHER = ["--import", new URL("tether.mjs", import.meta.url).href];
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5000;
/** A process that ran this long was well; its next death begins with the short pause again. */
const WELL_AFTER_MS = 30_000;
const KILL_AFTER_MS = 1000;

/**
 * @typedef {object} Program
 * @property {string} name
 * @property {string[]} args of node
 * @property {Record<string, string | undefined>} env
 * @property {RegExp} [readyLine] the line on its output that says it is ready; it is not shown
 * @property {{ deaths: number, withinMs: number }} [giveUpAfter] without it the process is started again for ever
 */

/**
 * @typedef {object} Supervised
 * @property {() => number | undefined} pid of the process that runs now
 * @property {Promise<void>} ready resolves when readyLine was seen for the first time
 * @property {Promise<string>} gaveUp resolves with why it is not started any more
 * @property {() => Promise<void>} stop resolves when nothing of it runs
 */

/**
 * @param {Program} program
 * @param {(line: string) => void} log
 * @returns {Supervised}
 */
export function supervise({ name, args, env, readyLine, giveUpAfter }, log) {
  const ready = withResolvers();
  const gaveUp = withResolvers();
  const died = countDeaths(giveUpAfter);
  let child;
  let pauseMs = FIRST_PAUSE_MS;
  let restart;
  let stopping = false;

  const show = (line) => {
    if (readyLine?.test(line)) ready.resolve();
    // A structured line names its process already, and stays readable for what collects such lines.
    else if (line.startsWith("{")) log(line);
    else if (line.trim()) log(`[${name}] ${line}`);
  };

  const start = () => {
    const started = Date.now();
    child = spawnNode(args, env, show);
    child.once("exit", (code, signal) => {
      // What it started must not go on without it.
      signalGroup(child.pid, "SIGKILL");
      if (stopping) return;
      if (Date.now() - started > WELL_AFTER_MS) pauseMs = FIRST_PAUSE_MS;
      const tooOften = died();
      const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      if (tooOften) {
        gaveUp.resolve(`${name} ${how}; ${tooOften}. Its own words stand above.`);
        return;
      }
      log(`[${name}] ${how}; it starts again in ${pauseMs / 1000} s.`);
      restart = setTimeout(start, pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    });
  };
  start();

  const stop = async () => {
    stopping = true;
    clearTimeout(restart);
    await end(child);
  };
  return { pid: () => (isRunning(child) ? child.pid : undefined), ready: ready.promise, gaveUp: gaveUp.promise, stop };
}

/** A group of its own keeps Ctrl-C for the launcher; the channel lets the process notice that the launcher was killed. */
function spawnNode(args, env, show) {
  const child = spawn(process.execPath, [...TETHER, ...args], {
    cwd: root,
    env,
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", show);
  return child;
}

const isRunning = (child) => child.exitCode === null && child.signalCode === null;

async function end(child) {
  if (!isRunning(child)) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const kill = setTimeout(() => signalGroup(child.pid, "SIGKILL"), KILL_AFTER_MS);
  await ended;
  clearTimeout(kill);
}

/** Promise.withResolvers, which Node.js 20 lacks. */
function withResolvers() {
  let resolve;
  const promise = new Promise((fulfil) => (resolve = fulfil));
  return { promise, resolve };
}
