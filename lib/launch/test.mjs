/** `npm test`: the whole proof, from a fresh clone. Words after `npm test --` go to the browser tests. */
import "./node-version.mjs";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { command } from "./command.mjs";
import { dataFolder, privateFolder, root } from "./data-folder.mjs";
import { mayFailByAccident } from "./second-try.mjs";
import { setUp } from "./setup.mjs";
import { stopSignal } from "./stop-signal.mjs";

const NODE = process.execPath;
const VITEST = ["node_modules/vitest/vitest.mjs", "run", "--config", ".config/vitest.ts"];
const PLAYWRIGHT = ["node_modules/@playwright/test/cli.js", "test", "--config", "e2e/playwright.config.ts"];
const LAB = "e2e/lab/lab.sh";
const WORKER = "lib/worker/";
const MEASURING = ["e2e/lab/sampling.test.ts", "e2e/lab/alarms.test.ts"];

/** The runners name what failed at the end of their output; a reader of a cut log sees it again above the table. */
const LAST_WORDS = 6000;

/** A file of the lab that did not begin because it would not have ended by REGENT_LAB_UNTIL, seconds since 1970; see e2e/lab/set-up.ts. */
const NO_TIME = /No time for .+?(?=\)?$)/gm;

/** What passed at its second try only, as Playwright lists it at its end. */
const FLAKY = /^ *\d+ flaky\n((?: {4}.+\n)+)/m;

/** @typedef {{ label: string, seconds: number, result: string, failed: boolean, lastWords?: string }} Row */
/** Thrown by a step that can not be taken here; the message is the reason. */
class Skipped extends Error {}
class Failed extends Error {
  /** @param {string[]} outputs of each run that failed */
  constructor(code, outputs) {
    super(`ended with code ${code}`);
    this.code = code;
    this.outputs = outputs;
  }
  get lastWords() {
    return this.outputs.map((output) => output.slice(-LAST_WORDS)).join("\n");
  }
}

const signal = stopSignal();
/** @type {Row[]} */
const rows = [];
/** No test may reach a database or a region that somebody uses. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(DATABASE_URL|NEXTAUTH_|REGENT_(?!LAB_)|PG[A-Z]+$|PORT$|HOST$)/.test(name)),
);

if (await step("install and build", () => setUp({ signal }))) {
  await step("check", async () => void (await pass("npm", ["run", "--silent", "check", "--", "-tests"]))); // they are among the unit tests
  await step("unit tests", unitTests);
  await step("browser tests", browserTests);
  await step("lab tests", labTests);
}
report();
process.exit(rows.some(({ failed }) => failed) ? 1 : 0);

async function unitTests() {
  const { startPostgres } = await import("./postgres.mjs");
  const { temporaryFolder } = await import("./temporary.mjs");
  const { folder, remove } = await temporaryFolder();
  try {
    const { url } = await startPostgres({ folder, durable: false, signal });
    // Those of the worker start, kill and time processes of their own: one at once for each processor, and nothing beside them.
    const parts = [
      [`--maxWorkers=${availableParallelism()}`, WORKER],
      ["--exclude", "e2e/lab/**", "--exclude", `${WORKER}**`],
    ];
    const server = { DATABASE_URL_TEST: url };
    return await vitest(parts, server).then(
      () => "",
      (error) => secondTry(error, server),
    );
  } finally {
    await remove();
  }
}

/** What passes then is named. */
async function secondTry(error, more) {
  const again = error instanceof Failed && !signal.aborted ? mayFailByAccident(error.outputs) : null;
  if (!again) throw error;
  console.log(`\n== unit tests that failed, once more: ${again.files.join(", ")}`);
  await vitest([again.files], more).catch((second) => {
    // What failed at first is told too.
    throw second instanceof Failed ? new Failed(second.code, [...error.outputs, ...second.outputs]) : second;
  });
  return again.names.map((name) => `only at the second try: ${name}`).join("; ");
}

async function browserTests() {
  const { findBrowser } = await import("./browser.mjs");
  const browser = await findBrowser(join(privateFolder(dataFolder()), "browser"), signal);
  const output = await pass(NODE, [...PLAYWRIGHT, ...process.argv.slice(2)], browser);
  const again = FLAKY.exec(output)?.[1]?.trim().split(/\n */) ?? [];
  return again.map((title) => `only at the second try: ${title.replace(/[\s─]+$/, "")}`).join("; ");
}

async function labTests() {
  if (process.platform !== "linux") throw new Skipped(`the lab needs Linux; this is ${process.platform}`);
  if (!existsSync(join(root, LAB))) throw new Skipped("this checkout has no lab");
  const { code, output } = await command("bash", [LAB, "check"], { env, signal, quiet: true });
  if (code !== 0) throw new Skipped(output.trim().replace(/^lab: /, ""));
  // Each file has a lab of its own, and one at once for each processor, which its hosts need; what measures processors has the machine for itself.
  const others = MEASURING.flatMap((file) => ["--exclude", file]);
  const parts = [
    ["--no-file-parallelism", ...MEASURING],
    [`--maxWorkers=${availableParallelism()}`, ...others, "e2e/lab"],
  ];
  const written = await vitest(parts, { REGENT_LAB_LIVE: "1" });
  return [...new Set(written.match(NO_TIME))].join(". ");
}

/** Runs a command to a good end and answers with what it wrote, or throws. */
async function pass(file, args, more = {}) {
  let output = "";
  const onText = (text) => {
    output += text;
  };
  const color = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}; // they see a pipe
  const { code } = await command(file, args, { env: { ...color, ...env, ...more }, signal, onText });
  if (code !== 0) throw new Failed(code, [output]);
  return stripVTControlCharacters(output);
}

/** Runs the parts one after the other, each to its end also when one before has failed. Answers with what they wrote, or throws what failed. */
async function vitest(parts, more) {
  let output = "";
  const failed = [];
  for (const words of parts) {
    try {
      output += await pass(NODE, [...VITEST, ...words], more);
    } catch (error) {
      if (!(error instanceof Failed) || signal.aborted) throw error;
      failed.push(error);
    }
  }
  if (failed.length === 0) return output;
  throw new Failed(
    failed[0].code,
    failed.flatMap(({ outputs }) => outputs),
  );
}

/**
 * @param {string} label
 * @param {() => Promise<string | void>} task what it answers with is said beside its result
 * @returns {Promise<boolean>} whether the next steps make sense; a skipped or failed one is written down and does not stop them
 */
async function step(label, task) {
  if (signal.aborted) return false;
  console.log(`\n== ${label}`);
  const began = performance.now();
  const row = { label, seconds: 0, result: "passed", failed: false };
  try {
    const note = await task();
    if (note) row.result += `; ${note}`;
  } catch (error) {
    if (error instanceof Skipped) row.result = `skipped: ${error.message}`;
    else
      Object.assign(row, {
        result: `failed: ${signal.aborted ? "told to stop" : error.message}`,
        failed: true,
        lastWords: error.lastWords,
      });
  }
  rows.push({ ...row, seconds: (performance.now() - began) / 1000 });
  return !row.failed;
}

function report() {
  for (const { label, lastWords } of rows) if (lastWords) console.log(`\n== ${label}, again: how it ended\n…${lastWords}`);
  const width = Math.max(...rows.map(({ label }) => label.length));
  console.log(`\n${"step".padEnd(width)}  seconds  result`);
  for (const { label, seconds, result } of rows) console.log(`${label.padEnd(width)}  ${seconds.toFixed(1).padStart(7)}  ${result}`);
}
