/** `npm start`: from a fresh clone to a running console, with no step before it. */
import "./node-version.mjs";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dataFolder, privateFolder, readRegion, root } from "./data-folder.mjs";
import { HELP, readFlags } from "./flags.mjs";
import { alreadyRuns, holderOf, regionLock } from "./lock.mjs";
import { portProblem } from "./ports.mjs";
import { setUp } from "./setup.mjs";
import { stopSignal } from "./stop-signal.mjs";

if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));
const flags = readFlags(process.argv.slice(2), process.env);
if ("problem" in flags) leave(flags.problem);
if (flags.help) leave(HELP, 0);
if (flags.version) leave(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version, 0);

const stopping = stopSignal();
// A reader of our output that went away is no reason to fall.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

try {
  await main(flags);
} catch (error) {
  if (!stopping.aborted) leave(error.message);
}
process.exit(0);

async function main({ port, host, empty }) {
  const dataDir = privateFolder(dataFolder());
  const problem = refusal(dataDir, empty) ?? (port === 0 ? undefined : await portProblem(port, host));
  if (problem) leave(problem);
  await setUp({ signal: stopping });

  const { startRegent } = await import("./region.mjs");
  const databaseUrl = process.env.DATABASE_URL || undefined;
  const demo = !databaseUrl && !empty && demoIsPossible(dataDir);
  const url = process.env.REGENT_URL ? new URL(process.env.REGENT_URL).origin : undefined;
  const regent = await startRegent({ dataDir, port, host, url, demo, databaseUrl, signal: stopping });
  const { linkLines } = await import("./provision.mjs");
  for (const line of [`Regent is ready: ${regent.url}`, ...linkLines(regent)]) console.log(line);

  const reason = await Promise.race([regent.broken, aborted(stopping)]);
  await regent.stop();
  if (reason) leave(`Regent ends: ${reason}`);
}

function refusal(dataDir, empty) {
  const holder = holderOf(regionLock(dataDir));
  if (holder) return alreadyRuns(holder);
  if (empty && readRegion(dataDir)?.demo) return `${dataDir} holds the demo region; remove that folder to begin an empty one.`;
  return undefined;
}

/** Only Linux answers on every address 127.x.y.z, where the simulated servers listen. */
function demoIsPossible(dataDir) {
  if (process.platform === "linux") return true;
  if (!readRegion(dataDir)) console.log("The demo region needs Linux; this region begins empty.");
  return false;
}

/** @returns {Promise<undefined>} */
function aborted(signal) {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}

function leave(sentence, code = 1) {
  (code === 0 ? console.log : console.error)(sentence);
  process.exit(code);
}
