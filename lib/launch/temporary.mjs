/** Private folders that live as long as the process that made them; the next one cleans up after a process that was killed. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { holderOf, tryLock } from "./lock.mjs";
import { removePostgres } from "./postgres.mjs";

const PREFIX = "regent-temporary-";
const OWNER = "owner.lock";
/** A folder younger than this may be one whose owner has not written its lock yet. */
const NEWBORN_MS = 10_000;

/**
 * @returns {Promise<{ folder: string, remove: () => Promise<void> }>} remove also stops a database that was started in it
 */
export async function temporaryFolder() {
  await removeAbandoned();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${Date.now()}-`));
  tryLock(join(folder, OWNER));
  return { folder, remove: () => remove(folder) };
}

/** @returns {Promise<string[]>} the folders of dead processes that were removed */
export async function removeAbandoned() {
  const removed = [];
  for (const name of readdirSync(tmpdir())) {
    const folder = join(tmpdir(), name);
    if (!name.startsWith(PREFIX) || Date.now() - Number(name.slice(PREFIX.length).split("-")[0]) < NEWBORN_MS) continue;
    if (holderOf(join(folder, OWNER))) continue;
    try {
      await remove(folder);
      removed.push(folder);
    } catch (error) {
      if (error.code !== "EPERM" && error.code !== "EACCES") throw error; // Another account's, who will remove it.
    }
  }
  return removed;
}

async function remove(folder) {
  await removePostgres(folder);
  rmSync(folder, { recursive: true, force: true });
}
