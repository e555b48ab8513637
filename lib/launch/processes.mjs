/** Processes of this machine and what they hold. Uses no package. */
import { spawnSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 10;

/**
 * Whether the process runs. A zombie does not: where nothing reaps orphans, a server that ended long ago would count as alive.
 * @param {number} pid
 */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return false;
  }
  return linuxStat(pid)?.state !== "Z";
}

/**
 * What tells a process from a later one that got the same number: the time it started.
 * @param {number} pid
 * @returns {string | undefined} undefined when it does not run
 */
export function identityOf(pid) {
  if (!isAlive(pid)) return undefined;
  if (process.platform === "linux") return linuxStat(pid)?.started;
  if (process.platform === "win32") return "running";
  return spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim() || undefined;
}

/**
 * @param {number} pid
 * @returns {number | undefined} Linux: the process that started it
 */
export const parentOf = (pid) => linuxStat(pid)?.parent;

/**
 * The process's words, separated by spaces.
 * @param {number} pid
 */
export function commandLineOf(pid) {
  if (process.platform !== "linux") return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
  return readProc(pid, "cmdline").replaceAll("\0", " ");
}

/**
 * Linux: the folder the process works in.
 * @param {number} pid
 */
export function workingFolderOf(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined; // It ended, or is not ours to ask.
  }
}

/**
 * @param {number} pid
 * @param {number} timeoutMs
 * @returns {Promise<boolean>} whether it ended in time
 */
export async function endedWithin(pid, timeoutMs) {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(POLL_MS)) if (!isAlive(pid)) return true;
  return !isAlive(pid);
}

/**
 * Signals a process and everything it started, which is its group when it was spawned detached. Silent when it is gone.
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(pid, signal) {
  if (!pid) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH" && error.code !== "EPERM") throw error;
  }
}

function linuxStat(pid) {
  if (process.platform !== "linux") return undefined;
  // The name stands in parentheses and may hold anything, a parenthesis too; the fields after it are plain.
  const fields = readProc(pid, "stat").split(") ").at(-1)?.split(" ");
  return fields && fields.length > 19 ? { state: fields[0], parent: Number(fields[1]), started: fields[19] } : undefined;
}

function readProc(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return ""; // It ended meanwhile.
  }
}
