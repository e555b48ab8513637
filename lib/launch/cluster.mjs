/** The files of the embedded PostgreSQL: where they lie, how they are made, and what is done about those of a removed region. */
import { createHash, randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isReachable, sharedFolder, unprivilegedAccount } from "./binaries.mjs";
import { command } from "./command.mjs";

export const SUPERUSER = "regent";

/** @typedef {{ base: string, data: string, log: string, passwordFile: string, account: import("./binaries.mjs").Account | undefined }} Cluster */

/**
 * Below the private folder, except where root keeps a folder that the account which runs PostgreSQL may not enter.
 * @param {string} folder the private folder
 * @returns {Cluster}
 */
export function clusterOf(folder) {
  const account = unprivilegedAccount();
  const inside = join(folder, "postgres");
  const base = !account || isReachable(inside) ? inside : join(sharedFolder(), nameFor(folder));
  return { base, data: join(base, "data"), log: join(base, "log"), passwordFile: join(folder, "postgres.password"), account };
}

/** Readable, and never the same for two folders. */
function nameFor(folder) {
  const readable = folder
    .replaceAll(/[^\w.-]+/g, "_")
    .slice(-80)
    .replace(/^_/, "");
  return `${readable}-${createHash("sha256").update(folder).digest("hex").slice(0, 8)}`;
}

/** @param {Cluster} cluster */
export const isInitialised = ({ data }) => existsSync(join(data, "PG_VERSION"));

/**
 * A database whose private folder, and with it the password, was removed: it belongs to nobody, but is not ours to delete.
 * @param {Cluster} cluster
 */
export const isAbandoned = (cluster) => isInitialised(cluster) && !existsSync(cluster.passwordFile);

/**
 * @param {Cluster} cluster
 * @returns {string} where it lies now
 */
export function setAside({ base }) {
  const aside = `${base}.abandoned-${new Date().toISOString().replaceAll(/[:.]/g, "-")}`;
  renameSync(base, aside);
  return aside;
}

/**
 * @param {Cluster} cluster
 * @param {string} binaries
 * @param {{ durable: boolean, signal?: AbortSignal }} options
 * @returns {Promise<string>} the superuser's password
 */
export async function ensureInitialised(cluster, binaries, { durable, signal }) {
  if (isInitialised(cluster)) return readFileSync(cluster.passwordFile, "utf8");
  const { base, data, account, passwordFile } = cluster;
  const password = randomBytes(24).toString("base64url");
  // An initdb that was killed leaves half a cluster, so a cluster gets its name only when it is whole.
  const [fresh, handOver] = [`${data}.new`, join(base, "password.new")];
  rmSync(fresh, { recursive: true, force: true });
  for (const path of [base, fresh]) mkdirSync(path, { recursive: true, mode: 0o700 });
  writeFileSync(handOver, password, { mode: 0o600 });
  if (account) for (const path of [base, fresh, handOver]) chownSync(path, account.uid, account.gid);
  try {
    await initialise(join(binaries, "bin/initdb"), fresh, handOver, { account, durable, signal });
  } finally {
    rmSync(handOver, { force: true });
  }
  writeFileSync(passwordFile, password, { mode: 0o600, flush: true });
  renameSync(fresh, data);
  return password;
}

async function initialise(initdb, data, passwordFile, { account, durable, signal }) {
  const encoding = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const access = [`--username=${SUPERUSER}`, "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  const words = ["--pgdata", data, ...access, ...encoding, "--no-instructions", ...(durable ? [] : ["--no-sync"])];
  const { code, output } = await command(initdb, words, { account, signal, quiet: true, cwd: data, env: postgresEnvironment() });
  if (code !== 0) throw new Error(`PostgreSQL could not make its files in ${data}: ${output.trim()}`);
}

/** Nothing of ours: PGDATA, PGPORT and the like would change what it does. */
export function postgresEnvironment() {
  return process.platform === "win32" ? process.env : { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
}
