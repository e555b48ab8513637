/**
 * `npm run bench:lifecycle`: transitions of nodes by the services themselves (lock, guards, compare and set, event in its chain, queued
 * work), eight at once on a PostgreSQL that syncs every commit; beside them the least that a status and its event cost there, through
 * Prisma and as one statement of pg, in turns. Every round has a database of its own, and proves afterwards that no rule was broken. It
 * never fails a test run. Linux.
 */
import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { migrate } from "../../../lib/launch/migrate.mjs";
import { startPostgres, withClient } from "../../../lib/launch/postgres.mjs";
import { temporaryFolder } from "../../../lib/launch/temporary.mjs";
import { bundle, cpuOf, cpuOfAll, median, middle, row } from "../measure.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const NODES = Number(process.env.NODES ?? 1000);
const WALKS = Number(process.env.WALKS ?? 500);
const AT_ONCE = Number(process.env.AT_ONCE ?? 8);
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const GOAL = { perSecond: 1000, p99Ms: 50 };
const KINDS = { person: "by a person", queues: "with queued work", worker: "at the end of a step" };

const { folder, remove } = await temporaryFolder();
const { regent: file } = await bundle("lifecycle", { regent: join(HERE, "regent.ts") });
const regent = await import(file);
const postgres = await startPostgres({ folder, log: () => {} });

async function main() {
  const version = await withClient(postgres.url, async (client) => (await client.query("SHOW server_version")).rows[0].server_version);
  console.log(
    `Node.js ${process.version}, PostgreSQL ${version} with fsync, ${availableParallelism()} cores; ${WALKS * regent.STEPS} transitions on ` +
      `${NODES} nodes, ${AT_ONCE} at once; medians of ${ROUNDS} rounds in turns`,
  );
  const found = { ours: [], prisma: [], statement: [] };
  for (let round = 0; round < ROUNDS; round += 1)
    await withDatabase(async (url) => {
      found.ours.push(await walks(await regent.plant(NODES)));
      await regent.plantPeers(url, 2 * NODES);
      for (const [index, peer] of ["prisma", "statement"].entries()) found[peer].push(await flips(regent.peers[peer], 1 + index * NODES));
      await regent.peers.close();
    });
  report(found);
}

/** A migrated database of its own, which the bundle's client then has. */
async function withDatabase(work) {
  const name = `bench_${randomUUID().slice(0, 8)}`;
  await withClient(postgres.url, (client) => client.query(`CREATE DATABASE ${name}`));
  const url = Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href;
  await migrate(url);
  process.env.DATABASE_URL = url;
  try {
    await work(url);
  } finally {
    await regent.close();
  }
}

async function walks(nodes) {
  const figures = await measure(WALKS, (index, timed) => regent.walk(nodes[index], timed));
  return { ...figures, broken: await regent.broken(WALKS) };
}

const flips = (move, first) =>
  measure(WALKS, async (index, timed) => {
    for (let version = 1; version <= regent.STEPS; version += 1) await timed("peer", () => move(first + index, version));
  });

/** Every node is walked by one of those who are at work at once. Times in ms, processor time in ms for one transition. */
async function measure(count, walk) {
  const times = [];
  const timed = async (kind, work) => {
    const begun = performance.now();
    const value = await work();
    times.push({ kind, ms: performance.now() - begun });
    return value;
  };
  let next = 0;
  const one = async () => {
    while (next < count) await walk(next++, timed);
  };
  const [begun, own, database] = [performance.now(), cpuOf(process.pid), cpuOfAll(postgres.pid)];
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  const seconds = (performance.now() - begun) / 1000;
  const each = (cpu) => (cpu * 1000) / times.length;
  return {
    perSecond: times.length / seconds,
    ...quantiles(times),
    own: each(cpuOf(process.pid) - own),
    database: each(cpuOfAll(postgres.pid) - database),
    kinds: Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, quantiles(times.filter((time) => time.kind === kind))])),
  };
}

function quantiles(times) {
  const sorted = times.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return { p50: sorted[sorted.length >> 1], p99: sorted[Math.floor(sorted.length * 0.99)] };
}

function report({ ours, prisma, statement }) {
  row(["", "transitions/s", "p50, ms", "p99, ms", "Node.js ms", "PostgreSQL ms"]);
  const side = (label, rounds) =>
    row([label, middle(rounds, "perSecond").toFixed(0), ...["p50", "p99", "own", "database"].map((key) => middle(rounds, key).toFixed(2))]);
  side("Regent, every guard and rule", ours);
  for (const [kind, label] of Object.entries(KINDS)) {
    const of = (key) => median(ours.map(({ kinds }) => kinds[kind][key])).toFixed(2);
    row([`  ${label}`, "", of("p50"), of("p99"), "", ""]);
  }
  side("limit: Prisma, interactive transaction, no guard", prisma);
  side("limit: pg, one statement, no guard", statement);
  const [perSecond, p99] = [middle(ours, "perSecond"), middle(ours, "p99")];
  const broken = ours.flatMap((round) => round.broken);
  for (const sentence of broken.slice(0, 20)) console.log(`BROKEN: ${sentence}`);
  const word = (met) => (met ? "met" : "NOT MET");
  console.log(
    `Regent does ${(perSecond / middle(prisma, "perSecond")).toFixed(2)} of what Prisma's transaction alone does, and ` +
      `${(perSecond / middle(statement, "perSecond")).toFixed(2)} of one statement's.\n` +
      `Goals: ${GOAL.perSecond} transitions/s ${word(perSecond >= GOAL.perSecond)} (${perSecond.toFixed(0)}), p99 of ${GOAL.p99Ms} ms ` +
      `${word(p99 <= GOAL.p99Ms)} (${p99.toFixed(1)}), no broken rule ${word(broken.length === 0)} (${broken.length} in ${ROUNDS * WALKS * regent.STEPS} transitions).`,
  );
}

try {
  await main();
} finally {
  await remove();
}
