/** What each process may know: the web never gets the private key, the worker never the session secret, the demo region neither. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./data-folder.mjs";
import { secretsIn } from "./secrets.mjs";

export const { version: VERSION } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

const PRIVATE = /^(DATABASE_URL|NEXTAUTH_|REGENT_|PORT$|HOST$|PG[A-Z]+$|npm_)/;
/** Settings that a person may give and that web and worker both read. */
const SHARED_SETTINGS = /^REGENT_(ORIGINS|KEY_FROM|WEBHOOK_LOOPBACK|LOG_\w+)$/;
const DEFAULT_NETWORKS = "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16";
const DEMO_NETWORK = "127.20.0.0/16";

/**
 * @typedef {{ web: Record<string, string | undefined>, worker: Record<string, string | undefined>, demo: Record<string, string | undefined> }} Environments
 *
 * @param {{ folder: string, databaseUrl: string, url: string, demoPort?: number, given?: Record<string, string | undefined> }} options
 *   demoPort is set in a demo region only; given is what the launcher itself was started with
 * @returns {Environments}
 */
export function environments({ folder, databaseUrl, url, demoPort, given = process.env }) {
  const secrets = sealOf(folder, given);
  const base = { ...pick(given, (name) => !PRIVATE.test(name)), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const shared = {
    ...base,
    ...pick(given, (name) => SHARED_SETTINGS.test(name)),
    npm_package_version: VERSION,
    DATABASE_URL: databaseUrl,
    REGENT_URL: url,
    REGENT_SEAL_PUBLIC_KEY: secrets.sealPublicKey,
    REGENT_MANAGEMENT_NETWORKS: networks(given.REGENT_MANAGEMENT_NETWORKS, demoPort),
    REGENT_DEMO: demoPort ? "1" : "0",
  };
  // The worker reads it once, when it fills the region on its first start.
  const demoState = demoPort ? { REGENT_DEMO_STATE: join(folder, "demo") } : {};
  return {
    web: {
      ...shared,
      ...pick(given, (name) => name === "REGENT_METRICS_TOKEN" || name === "REGENT_PROXIES"),
      REGENT_PROCESS: "web",
      NEXTAUTH_SECRET: given.NEXTAUTH_SECRET || secrets.nextAuthSecret,
      NEXTAUTH_URL: url,
      REGENT_FACTOR_KEY: given.REGENT_FACTOR_KEY || secrets.factorKey,
    },
    worker: { ...shared, REGENT_PROCESS: "worker", REGENT_SEAL_PRIVATE_KEY_FILE: secrets.sealPrivateKeyFile, ...demoState },
    demo: {
      ...base,
      REGENT_PROCESS: "demo",
      REGENT_DEMO: "1",
      REGENT_DEMO_SSH_PORT: String(demoPort ?? ""),
      ...demoState,
    },
  };
}

/** A pair given from outside counts as a whole: half of it with half of ours would seal what nobody can open. */
function sealOf(folder, { REGENT_SEAL_PUBLIC_KEY: sealPublicKey, REGENT_SEAL_PRIVATE_KEY_FILE: sealPrivateKeyFile }) {
  if (Boolean(sealPublicKey) !== Boolean(sealPrivateKeyFile)) {
    throw new Error("REGENT_SEAL_PUBLIC_KEY and REGENT_SEAL_PRIVATE_KEY_FILE belong together; set both or neither.");
  }
  const own = secretsIn(join(folder, "secrets"));
  return sealPublicKey && sealPrivateKeyFile ? { ...own, sealPublicKey, sealPrivateKeyFile } : own;
}

function networks(given, demoPort) {
  const real = given || DEFAULT_NETWORKS;
  return demoPort ? `${DEMO_NETWORK}:${demoPort} ${real}` : real;
}

const pick = (env, keep) => Object.fromEntries(Object.entries(env).filter(([name]) => keep(name)));
