/** Installs when the lockfile changed and builds when the sources changed. Uses no package: on a fresh clone there is none. */
import "./node-version.mjs";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BUNDLE_FLAGS } from "./bundle.mjs";
import { command } from "./command.mjs";
import { privateFolder, root } from "./data-folder.mjs";
import { withLock } from "./lock.mjs";

/** What the build reads besides the configuration files at the top. */
const SOURCE_FOLDERS = ["app", "components", "lib", "prisma", "public", ".config"];
/** The launcher runs as it stands and the client is made by the build; neither changes what is built. */
const IGNORED = new Set([
  "lib/generated",
  "lib/launch",
  "next-env.d.ts",
  ".config/vitest.ts",
  ".config/dependency-cruiser.mjs",
  ".config/oxlintrc.json",
  ".config/oxfmt.json",
  ".config/knip.jsonc",
]);
const CONFIGURATION = /^(package-lock|package|tsconfig)\.json$|\.(ts|mts|js|mjs|cjs)$/;

const NODE = process.execPath;

/** @typedef {{ label: string, stamp: string, digest: () => string, commands: [string, string[]][] }} Job */

/** @returns {Job[]} in the order in which they must run */
export function jobs(folder = root) {
  const bundle = (name) => [
    NODE,
    ["node_modules/esbuild/bin/esbuild", `lib/${name}/main.ts`, ...BUNDLE_FLAGS, `--alias:@=${folder}`, `--outfile=.next/${name}.mjs`],
  ];
  return [
    {
      label: "install",
      stamp: "node_modules/.regent",
      digest: () => fingerprint(folder, ["package-lock.json"], `${process.platform}-${process.arch}`),
      // Without the two words npm leaves the build's tools out where NODE_ENV says production.
      commands: [["npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]]],
    },
    {
      label: "build",
      stamp: ".next/.regent",
      digest: () => fingerprint(folder, sources(folder)),
      commands: [
        [NODE, ["node_modules/prisma/build/index.js", "generate", "--config", ".config/prisma.ts"]],
        [NODE, ["node_modules/next/dist/bin/next", "build"]],
        bundle("worker"),
        bundle("demo"),
      ],
    },
  ];
}

/**
 * Runs what is out of date. Two starts at once take turns; a job that fails leaves no stamp, so the next start does it again.
 * @param {{ signal?: AbortSignal, folder?: string, work?: Job[], log?: (line: string) => void }} [options]
 */
export async function setUp({ signal, folder = root, work = jobs(folder), log = console.log } = {}) {
  if (work.every((job) => isFresh(folder, job))) return;
  const lock = join(privateFolder(join(folder, ".data")), "setup.lock");
  const onWait = ({ pid }) => log(`Another start is building this checkout (process ${pid}); waiting for it.`);
  await withLock(lock, { onWait, signal }, async () => {
    for (const job of work) if (!isFresh(folder, job)) await perform(folder, job, { signal, log });
  });
}

async function perform(folder, { label, stamp, digest, commands }, { signal, log }) {
  const started = performance.now();
  const before = digest();
  log(`[${label}] started; this takes about half a minute.`);
  rmSync(join(folder, stamp), { force: true });
  for (const [file, args] of commands) {
    const { code } = await command(file, args, { cwd: folder, env: buildEnvironment(label), signal });
    if (code !== 0) throw new Error(`The ${label} failed: ${args[0]} ${args[1]} ended with code ${code}. Its own words stand above.`);
  }
  writeFileSync(join(folder, stamp), before);
  log(`[${label}] ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

function buildEnvironment(label) {
  const { NODE_ENV: _, ...env } = process.env;
  return label === "build" ? { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } : env;
}

const isFresh = (folder, { stamp, digest }) => existsSync(join(folder, stamp)) && readFileSync(join(folder, stamp), "utf8") === digest();

function sources(folder) {
  const top = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && CONFIGURATION.test(entry.name));
  return [...SOURCE_FOLDERS, ...top.map(({ name }) => name)];
}

/**
 * One hash over the names and contents of files.
 * @param {string} folder
 * @param {string[]} inputs files and folders in it
 * @param {string} [salt]
 */
export function fingerprint(folder, inputs, salt = "") {
  const hash = createHash("sha256").update(salt);
  const visit = (path) => {
    const full = join(folder, path);
    if (IGNORED.has(path) || /\.test\.\w+$/.test(path) || !existsSync(full)) return;
    if (statSync(full).isDirectory()) for (const name of readdirSync(full).sort()) visit(`${path}/${name}`);
    else hash.update(`${path}\0`).update(readFileSync(full)).update("\0");
  };
  for (const path of [...inputs].sort()) visit(path);
  return hash.digest("hex");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await setUp().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}
