/**
 * `npm run check`: everything that can be said about the code without running Regent, in seconds. Words after `npm run check --`
 * name the checks to run, words with a minus in front those to leave out; all of them otherwise.
 */
import "./node-version.mjs";
import { availableParallelism } from "node:os";
import { command } from "./command.mjs";
import { root } from "./data-folder.mjs";
import { fingerprint, jobs, setUp } from "./setup.mjs";
import { stopSignal } from "./stop-signal.mjs";

const SHOWN_LINES = 15;
const NODE = process.execPath;
const bin = (path) => [NODE, `node_modules/${path}`];
/** These start servers, shells, databases and builds; `npm test` runs them. */
const SLOW_TESTS = ["e2e/**", "lib/launch/!(check|docs|flags).test.ts", "lib/demo/**", "lib/machines/!(parse*|profiles).test.ts"];
/** And these ask a database. */
const ASKS_DATABASE = ["lib/services/**", "lib/worker/**", "lib/actions/**", "prisma/**"];
const excluded = [...SLOW_TESTS, ...(process.env.DATABASE_URL_TEST ? [] : ASKS_DATABASE)].flatMap((pattern) => ["--exclude", pattern]);

/** The longest first, so that the short ones fill the gaps. */
const CHECKS = {
  types: [...bin("typescript/bin/tsc"), "--noEmit", "--pretty", "false"],
  tests: [...bin("vitest/vitest.mjs"), "run", "--config", ".config/vitest.ts", "--reporter", "dot", "--silent", ...excluded],
  imports: [NODE, "lib/launch/imports.mjs"],
  lint: [...bin("oxlint/bin/oxlint"), "--config", ".config/oxlintrc.json", "--type-aware", "--format", "unix"],
  "dead code": [...bin("knip/bin/knip.js"), "--config", ".config/knip.jsonc", "--no-progress"],
  house: [NODE, "lib/launch/house-rules.mjs"],
  format: [...bin("oxfmt/bin/oxfmt"), "--config", ".config/oxfmt.json", "--list-different", ".", "!**/*.md"],
};

/** What the types need and a checkout does not hold. */
const GENERATED = [
  {
    label: "database client",
    stamp: "lib/generated/.regent",
    digest: () => fingerprint(root, ["prisma/schema.prisma", ".config/prisma.ts", "package-lock.json"]),
    commands: [[NODE, ["node_modules/prisma/build/index.js", "generate", "--config", ".config/prisma.ts"]]],
  },
  {
    label: "route types",
    stamp: ".next/types/.regent",
    digest: () => fingerprint(root, ["app", "next.config.js"]),
    commands: [[NODE, ["node_modules/next/dist/bin/next", "typegen"]]],
  },
];

const signal = stopSignal();
const words = process.argv.slice(2);
const wanted = words.filter((word) => !word.startsWith("-"));
const unwanted = words.filter((word) => word.startsWith("-")).map((word) => word.slice(1));
const unknown = [...wanted, ...unwanted].find((name) => !(name in CHECKS));
if (unknown) leave(`There is no check ${unknown}; there are ${Object.keys(CHECKS).join(", ")}.`);
try {
  await setUp({ signal, work: [jobs()[0]] });
  await setUp({ signal, work: GENERATED, log: () => {} });
} catch (error) {
  leave(error.message);
}
const queue = Object.entries(CHECKS).filter(([name]) => (wanted.length === 0 || wanted.includes(name)) && !unwanted.includes(name));
const began = performance.now();
const results = await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work)).catch((error) => leave(error.message));
const failed = results.flat().filter((passed) => !passed).length;
console.log(`${failed ? `${failed} failed` : "all passed"}, ${seconds(began)}`);
process.exit(failed ? 1 : 0);

/** Takes one check after the other until none is left. */
async function work() {
  const passed = [];
  for (let next = queue.shift(); next && !signal.aborted; next = queue.shift()) passed.push(await run(...next));
  return passed;
}

async function run(name, [file, ...args]) {
  const start = performance.now();
  const { code, output } = await command(file, args, {
    signal,
    quiet: true,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
  });
  console.log(`${code === 0 ? "ok  " : "FAIL"} ${name.padEnd(10)} ${seconds(start)}`);
  if (code === 0) return true;
  const lines = output.split("\n").filter((line) => line.trim());
  for (const line of lines.slice(0, SHOWN_LINES)) console.log(`       ${line}`);
  if (lines.length > SHOWN_LINES)
    console.log(`       and ${lines.length - SHOWN_LINES} lines more: ${[file === NODE ? "node" : file, ...args].join(" ")}`);
  return false;
}

function seconds(start) {
  return `${((performance.now() - start) / 1000).toFixed(1).padStart(5)} s`;
}

function leave(sentence) {
  console.error(sentence);
  process.exit(1);
}
