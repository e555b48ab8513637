/** What benchmarks of processes share: their time and memory as Linux tells them, the middle of several rounds, a bundle of ours. Linux. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { NODE_BUNDLE } from "../../lib/launch/bundle.mjs";
import { dataFolder, privateFolder, root } from "../../lib/launch/data-folder.mjs";

const TICKS_PER_SECOND = 100;

export const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
export const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
/** The one in the middle of what rounds found of a figure. */
export const middle = (rounds, key) => median(rounds.map((one) => one[key]));

/** What Linux says of a process, from its state on: parent, ..., user and system time of its own and of its children that have ended. */
const statOf = (pid) => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
const secondsIn = (fields) => sum(fields.map(Number)) / TICKS_PER_SECOND;

/** Processor time of a process, seconds. */
export const cpuOf = (pid) => secondsIn(statOf(pid).slice(11, 13));

/** Of those that a process has started and seen end, seconds. */
export const cpuOfEnded = (pid) => secondsIn(statOf(pid).slice(13, 15));

/** A process and all below it that run now. One look at each process there is. */
function below(pid) {
  const parents = new Map();
  for (const name of readdirSync("/proc")) {
    try {
      if (/^\d+$/.test(name)) parents.set(Number(name), Number(statOf(name)[1]));
    } catch {
      continue; // it has ended meanwhile
    }
  }
  const isBelow = (one) => one === pid || (parents.has(one) && isBelow(parents.get(one)));
  return [...parents.keys()].filter(isBelow);
}

/** Of each process what it is asked for, together; one that has ended meanwhile has nothing. */
const total = (pids, of) =>
  sum(
    pids.map((pid) => {
      try {
        return of(pid);
      } catch {
        return 0;
      }
    }),
  );

/** Of a process and all that it has started, those that have ended included; seconds. */
export const cpuOfAll = (pid) => total(below(pid), (one) => cpuOf(one) + cpuOfEnded(one));

/** Resident memory of a process, MiB. */
export const memoryOf = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;

/** Of a process and all that it has started; what several of them share is counted for each. */
export const memoryOfAll = (pid) => total(below(pid), memoryOf);

/** Files of ours, bundled into a folder of the benchmark's own below the data folder: their new paths by their names. */
export async function bundle(name, files) {
  const output = join(privateFolder(join(privateFolder(dataFolder()), "bench")), name);
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const made = Object.keys(files).map((file) => [file, join(output, `${file}.mjs`)]);
  for (const [file, outfile] of made) await build({ ...NODE_BUNDLE, entryPoints: [files[file]], outfile });
  return Object.fromEntries(made);
}

/** Of a package that is installed. */
export const versionOf = (name) => JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")).version;

/** A line of a table: the first cell to the left, the others to the right. */
export const row = (cells, first = 60, others = 14) =>
  console.log(cells.map((cell, index) => (index ? String(cell).padStart(others) : String(cell).padEnd(first))).join(""));
