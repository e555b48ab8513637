/** The one private folder: database, secrets, the demo region's state, the browser for the tests. Uses no package. */
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");

/**
 * @param {Record<string, string | undefined>} [env]
 * @returns {string} REGENT_DATA, or .data in the checkout
 */
export function dataFolder(env = process.env) {
  return env.REGENT_DATA ? resolve(env.REGENT_DATA) : join(root, ".data");
}

/**
 * Makes the folder, and takes it from everybody else's eyes when it was open to them.
 * @param {string} path
 * @returns {string} the same path
 */
export function privateFolder(path) {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (process.platform !== "win32" && (statSync(path).mode & 0o777) !== 0o700) chmodSync(path, 0o700);
  return path;
}

/** @typedef {{ demo: boolean, demoPort?: number }} Region what was decided on the first start */

/**
 * @param {string} folder
 * @returns {Region | undefined} undefined before the first start
 */
export function readRegion(folder) {
  let text;
  try {
    text = readFileSync(join(folder, "region.json"), "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
  return JSON.parse(text);
}

/**
 * @param {string} folder
 * @param {Region} region
 */
export function writeRegion(folder, region) {
  writeFileSync(join(folder, "region.json"), `${JSON.stringify(region)}\n`, { mode: 0o600 });
}
