/** A lock file that names its holder, and that a killed holder does not keep. Uses no package. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identityOf } from "./processes.mjs";

const POLL_MS = 200;

/** @typedef {{ pid: number, identity: string, url?: string }} Holder */

/**
 * Held by the launcher of the region in a private folder, for as long as it runs.
 * @param {string} dataDir
 */
export const regionLock = (dataDir) => join(dataDir, "running.lock");

/** @param {Holder} holder of a region's lock */
export const alreadyRuns = ({ url, pid }) => `Regent already runs on ${url} (process ${pid}).`;

/**
 * Who holds the lock, when that process still runs.
 * @param {string} path
 * @returns {Holder | undefined}
 */
export function holderOf(path) {
  const holder = read(path);
  return holder && identityOf(holder.pid) === holder.identity ? holder : undefined;
}

/**
 * @param {string} path
 * @param {{ url?: string }} [note] what others may read about the holder
 * @returns {{ holder: Holder } | { release: () => void }} the other that holds it, or the way to give it back
 */
export function tryLock(path, note = {}) {
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, identity: identityOf(process.pid), ...note }), { mode: 0o600 });
  try {
    for (;;) {
      // A link appears at once with its content, and only for one of several that try.
      if (linked(mine, path)) return { release: () => release(path) };
      const holder = holderOf(path);
      if (holder) return { holder };
      removeStale(path);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/**
 * Runs the task while no other process runs one under this lock.
 * @template T
 * @param {string} path
 * @param {{ onWait: (holder: Holder) => void, signal?: AbortSignal }} options
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
export async function withLock(path, { onWait, signal }, task) {
  for (let told = false; ; told = true) {
    const attempt = tryLock(path);
    if ("release" in attempt) {
      try {
        return await task();
      } finally {
        attempt.release();
      }
    }
    if (!told) onWait(attempt.holder);
    await sleep(POLL_MS, undefined, { signal });
  }
}

function linked(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/** Moves the dead holder's file away first: should another have taken the lock in between, its file is put back. */
function removeStale(path) {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  if (holderOf(aside)) linked(aside, path);
  rmSync(aside, { force: true });
}

function release(path) {
  if (read(path)?.pid === process.pid) rmSync(path, { force: true });
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined; // No lock, or one cut short by a full disk: nobody holds it.
  }
}
