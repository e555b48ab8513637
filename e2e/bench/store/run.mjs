/**
 * `npm run bench:store`: samples as a worker writes them beside plain rows in the same PostgreSQL, in turns: rows a second, bytes a value,
 * and what the lines of the whole list take to read with 1,000 and 10,000 nodes; Prometheus on the same samples where it is installed. It
 * never fails a test run. Linux.
 */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { migrate } from "../../../lib/launch/migrate.mjs";
import { startPostgres, withClient } from "../../../lib/launch/postgres.mjs";
import { temporaryFolder } from "../../../lib/launch/temporary.mjs";
import { bundle, cpuOf, cpuOfAll, middle, row } from "../measure.mjs";
import { makeBlocks, prometheusVersion, readLines, startPrometheus } from "./prometheus.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const NODES = Number(process.env.NODES ?? 1000);
const LISTS = (process.env.LISTS ?? "1000,10000").split(",").map(Number);
const SLOTS = Number(process.env.SLOTS ?? 60);
const ROUNDS = Number(process.env.ROUNDS ?? 3);
/** In each round: Linux counts processor time in hundredths of a second. */
const READS = 5;
const KEPT = { nodes: 24, slots: 8640 };
const GOAL = { bytes: 2.5, times: 25 };

const { folder, remove } = await temporaryFolder();
const children = new Set();
let regent;
let postgres;

async function main() {
  postgres = await startPostgres({ folder, log: () => {} });
  await migrate(postgres.url);
  process.env.DATABASE_URL = postgres.url;
  regent = await import((await bundle("store", { regent: join(HERE, "regent.ts") })).regent);
  const version = await withClient(postgres.url, async (client) => (await client.query("SHOW server_version")).rows[0].server_version);
  const peer = prometheusVersion();
  console.log(
    `Node.js ${process.version}, PostgreSQL ${version} with fsync, ${availableParallelism()} cores, ` +
      `${peer ?? "Prometheus is missing"}; medians of ${ROUNDS} rounds in turns`,
  );
  await reportWriting();
  const bytes = await reportSize(peer);
  await reportReading(peer, bytes);
}

/** Wall and processor time of a task, ms. */
async function timed(task) {
  const [own, database, begun] = [cpuOf(process.pid), cpuOfAll(postgres.pid), performance.now()];
  const value = await task();
  return {
    value,
    wall: performance.now() - begun,
    own: (cpuOf(process.pid) - own) * 1000,
    database: (cpuOfAll(postgres.pid) - database) * 1000,
  };
}

/** Sides in turns, each once before it counts. */
async function turns(sides) {
  const found = Object.fromEntries(Object.keys(sides).map((side) => [side, []]));
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const [side, task] of Object.entries(sides)) {
      const figures = await timed(task);
      if (round > 0) found[side].push(figures);
    }
  return found;
}

async function reportWriting() {
  const ids = await regent.plant(NODES);
  const slots = regent.slotsOf(NODES, SLOTS);
  const found = await turns({ Regent: () => regent.write(ids, slots), "Plain rows, unnest": () => regent.rows.write(ids, slots) });
  console.log(`\nWriting ${SLOTS} samples of ${NODES} nodes with ${regent.METRIC_COUNT} values, ${NODES} in one statement`);
  row(["", "samples/s", "Node.js us", "PostgreSQL us"]);
  const each = (rounds, key) => (middle(rounds, key) * 1000) / (NODES * SLOTS);
  for (const [side, rounds] of Object.entries(found))
    row([side, (1e6 / each(rounds, "wall")).toFixed(0), each(rounds, "own").toFixed(1), each(rounds, "database").toFixed(1)]);
  const [ours, theirs] = Object.values(found);
  const ratio = middle(theirs, "wall") / middle(ours, "wall");
  console.log(
    `Regent keeps the newest sample, an hour and its chunks, and tells browsers; it writes ${ratio.toFixed(2)} times as many samples a ` +
      `second as plain rows: ${ratio >= 1 ? "ahead" : "NOT ahead"}.`,
  );
}

/** A day of some nodes, once on each side. */
async function reportSize(peer) {
  const ids = await regent.plant(KEPT.nodes);
  // One sample more finishes our last chunk.
  const slots = regent.slotsOf(KEPT.nodes, KEPT.slots + 1);
  await regent.write(ids, slots);
  slots.pop();
  await regent.rows.write(ids, slots);
  const values = KEPT.nodes * KEPT.slots * regent.METRIC_COUNT;
  const ours = (await regent.sizeOf()) / values;
  console.log(`\nOn the disk, with indexes: a day of ${KEPT.nodes} nodes, ${(values / 1e6).toFixed(1)} million values`);
  row(["", "bytes a value"]);
  row(["Regent", ours.toFixed(2)]);
  row(["Plain rows", ((await regent.rows.sizeOf()) / values).toFixed(2)]);
  if (peer) {
    const block = await makeBlocks(regent.openMetrics(slots, "all"), join(folder, "day"));
    row(["Prometheus, finished blocks, in full precision", (block / values).toFixed(2)]);
  }
  return ours;
}

async function reportReading(peer, bytes) {
  console.log("\nThe lines of the whole list: the last 60 points of 4 metrics");
  row(["", "wall, ms", "Node.js ms", "PostgreSQL ms", "MB"]);
  let times;
  for (const nodes of LISTS) {
    const ids = await regent.plant(nodes);
    const slots = regent.hourOf(nodes);
    await regent.fill(ids, slots);
    await regent.rows.fill(ids, slots);
    const beside = peer && nodes === LISTS[0] ? await besidePrometheus(slots) : {};
    const sides = { Regent: regent.read, "Plain rows, lateral join": regent.rows.read, ...beside };
    const found = await turns(Object.fromEntries(Object.entries(sides).map(([side, read]) => [side, () => again(read)])));
    for (const [side, rounds] of Object.entries(found)) {
      const { value } = rounds[0];
      if (value.nodes !== nodes) throw new Error(`${side} read ${value.nodes} nodes instead of ${nodes}.`);
      const size = value.bytes ? (value.bytes / 1e6).toFixed(2) : "-";
      row([`${side}, ${nodes} nodes`, ...["wall", "own", "database"].map((key) => (middle(rounds, key) / READS).toFixed(1)), size]);
    }
    const { Regent: ours, "Plain rows, lateral join": rows, Prometheus: prometheus } = found;
    console.log(
      `  of ours the query takes ${middle(
        ours.map(({ value }) => value),
        "queryMs",
      ).toFixed(1)} ms, the rest makes ${(ours[0].value.gzip / 1e6).toFixed(2)} MB of gzip; plain rows take ` +
        `${(middle(rows, "wall") / middle(ours, "wall")).toFixed(0)} times as long.`,
    );
    if (prometheus) times = middle(prometheus, "wall") / middle(ours, "wall");
    await stopAll();
  }
  const word = (met) => (met ? "met" : "NOT MET");
  console.log(
    `Goals: ${GOAL.bytes} bytes a value ${word(bytes <= GOAL.bytes)} (${bytes.toFixed(2)}), ` +
      (times
        ? `${GOAL.times} times as quick as Prometheus ${word(times >= GOAL.times)} (${times.toFixed(0)} times, gzip included), one round trip met.`
        : "Prometheus is missing."),
  );
}

/** The last of several. */
async function again(read) {
  for (let count = 1; count < READS; count += 1) await read();
  return read();
}

async function besidePrometheus(slots) {
  const blocks = join(folder, "hour");
  await makeBlocks(regent.openMetrics(slots, "trends"), blocks);
  await startPrometheus(blocks, children);
  return { Prometheus: () => readLines(slots[0].at, slots.at(-1).at) };
}

async function stopAll() {
  for (const child of children) {
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  }
}

try {
  await main();
} finally {
  for (const child of children) child.kill("SIGKILL");
  await regent?.close();
  await remove();
}
