/**
 * `npm run bench:alarms`: a round of 1,000, 10,000 and 100,000 alarms on packed samples, and rules over the past of a node; then Prometheus
 * with as many rules over the same samples, in turns. It never fails a test run. Linux; Prometheus comes from Debian's packages and is
 * reported as missing where it is not.
 */
import { spawn, spawnSync } from "node:child_process";
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../../../lib/launch/temporary.mjs";
import { bundle, cpuOf, median, middle, row } from "../measure.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const COUNTS = (process.env.COUNTS ?? "1000,10000,100000").split(",").map(Number);
const BESIDE = Number(process.env.BESIDE ?? 10_000);
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const EACH = 10;
const GOAL = { alarms: 10_000, cpuMs: 2000 };
const PROMETHEUS = "http://127.0.0.1:29091";
const INTERVAL_S = Number(process.env.INTERVAL_S ?? 20);
const MINUTE = 60;
/** Both sides look so far back: Prometheus takes no result that is older than the newest block. */
const BACK_S = 20 * MINUTE;
const HOUR = 60 * MINUTE;
const NOON = 1_795_003_200;

const { folder, remove } = await temporaryFolder();
const children = new Set();
let files;
let regent;

async function main() {
  files = await bundle("alarms", { regent: join(HERE, "regent.ts"), database: join(HERE, "database.ts") });
  regent = await import(files.regent);
  const peer = prometheusVersion();
  console.log(
    `Node.js ${process.version}, ${availableParallelism()} cores, ${peer ?? "Prometheus is missing: ours stands alone"}; medians of ${ROUNDS} rounds`,
  );
  reportGrowth();
  reportPast();
  await reportDatabase();
  if (peer) await reportBeside();
}

const number = (value) => value.toLocaleString("en");
const head = () => row(["", "CPU, ms", "wall, ms", "CPU us each", "in alarm"]);
const line = (label, { cpu, wall, inAlarm }, alarms) =>
  row([label, cpu.toFixed(0), wall.toFixed(0), ((cpu * 1000) / alarms).toFixed(1), inAlarm === null ? "-" : number(inAlarm)]);
const middles = (rounds) => ({ cpu: middle(rounds, "cpu"), wall: middle(rounds, "wall"), inAlarm: middle(rounds, "inAlarm") });

/** Rounds of a region, one for each minute up to noon, after one that is not counted. */
function measure(alarms, each) {
  const region = regent.plant(alarms, each, { from: NOON - HOUR, to: NOON, at: NOON });
  regent.round(region, NOON - ROUNDS * MINUTE);
  return Array.from({ length: ROUNDS }, (_, round) => regent.round(region, NOON - (ROUNDS - 1 - round) * MINUTE));
}

function reportGrowth() {
  console.log("\nA round: unpack samples, make datapoints, decide, and give the reason");
  head();
  measure(COUNTS[0], EACH); // code that runs for the first time is compiled
  const found = COUNTS.map((alarms) => {
    const figures = middles(measure(alarms, EACH));
    line(`${number(alarms)} alarms, ${EACH} a node`, figures, alarms);
    return { alarms, ...figures, micros: (figures.cpu * 1000) / alarms };
  });
  line(`${number(GOAL.alarms)} alarms, each on its own node`, middles(measure(GOAL.alarms, 1)), GOAL.alarms);
  const [first, last] = [found[0], found.at(-1)];
  if (first !== last)
    console.log(
      `From ${number(first.alarms)} to ${number(last.alarms)} alarms the processor time for one goes from ${first.micros.toFixed(1)} to ${last.micros.toFixed(1)} us.`,
    );
  const asked = found.find(({ alarms }) => alarms === GOAL.alarms);
  if (!asked) return;
  const met = asked.cpu <= GOAL.cpuMs ? "met" : "NOT MET";
  console.log(
    `${number(GOAL.alarms)} alarms a minute take ${(asked.cpu / 1000).toFixed(2)} s of processor time; the goal is ${GOAL.cpuMs / 1000} s: ${met}.`,
  );
}

function reportPast() {
  const rounds = Array.from({ length: ROUNDS + 1 }, () => regent.pastFigures()).slice(1);
  console.log(
    `\nA rule on the past of a node: 24 h each 10 s ${middle(rounds, "day").toFixed(1)} ms, 7 days of minutes (p95 of an hour) ${middle(rounds, "week").toFixed(1)} ms, unpacking included`,
  );
}

/** As a worker has them: one alarm over all nodes, with what it reads and writes. */
async function reportDatabase() {
  const stop = new AbortController();
  const { startPostgres } = await import("../../../lib/launch/postgres.mjs");
  const { migrate } = await import("../../../lib/launch/migrate.mjs");
  const postgres = join(folder, "postgres");
  mkdirSync(postgres);
  const { url } = await startPostgres({ folder: postgres, durable: false, signal: stop.signal });
  try {
    await migrate(url);
    await reportRounds(url);
  } finally {
    stop.abort();
  }
}

async function reportRounds(url) {
  const { databaseRounds } = await import(files.database);
  console.log("\nA round of a worker, with its reading and writing in PostgreSQL: one alarm over so many nodes");
  row(["", "CPU, ms", "wall, ms", "CPU us each", "memory, MB"]);
  const show = (label, { cpu, wall, evaluated, rss }) =>
    row([label, cpu.toFixed(0), wall.toFixed(0), ((cpu * 1000) / evaluated).toFixed(0), (rss / 1e6).toFixed(0)]);
  for (const nodes of COUNTS.filter((count) => count <= GOAL.alarms)) {
    const [first, ...others] = await databaseRounds(url, nodes, ROUNDS + 1);
    show(`${number(nodes)} nodes, the first: ${number(first.changed)} changes of state`, first);
    const middled = { ...others[0], cpu: middle(others, "cpu"), wall: middle(others, "wall") };
    show(`${number(nodes)} nodes, the others: nothing changes`, middled);
  }
}

function prometheusVersion() {
  const { error, stdout, stderr } = spawnSync("prometheus", ["--version"], { encoding: "utf8" });
  if (error || spawnSync("promtool", ["--version"]).error) return null;
  return `Prometheus ${/version (\S+)/.exec(stdout + stderr)?.[1]}`;
}

/** The same nodes on both sides: theirs as a finished block, ours packed. */
async function reportBeside() {
  const now = Math.floor(Date.now() / 1000 / MINUTE) * MINUTE;
  const region = regent.plant(BESIDE, EACH, { from: now - BACK_S - HOUR / 2, to: now, at: now - BACK_S });
  const data = join(folder, "tsdb");
  await makeBlocks(region, data);
  const forms = [
    {
      // Its clocks begin with the measurement, so how many are in alarm says nothing.
      name: "a datapoint beyond the threshold, for a time",
      rules: (node) => regent.promQl(node, BACK_S).map((of) => ({ expr: of.single, for: `${of.forSeconds}s` })),
      counts: false,
    },
    {
      name: "M out of N datapoints, as ours",
      rules: (node) => regent.promQl(node, BACK_S).map((of) => ({ expr: of.outOf })),
      counts: true,
    },
  ];
  console.log(`\nBeside Prometheus, ${number(BESIDE)} rules over ${number(BESIDE / EACH)} nodes, in turns`);
  head();
  const found = [];
  for (const form of forms) found.push({ ...form, ...(await turns(form, region, data)) });
  const ours = middles(found.flatMap((one) => one.ours));
  line("Regent", ours, BESIDE);
  for (const { name, theirs, counts } of found) line(`Prometheus: ${name}`, counts ? theirs : { ...theirs, inAlarm: null }, BESIDE);
  const ratios = found.map(({ theirs }) => theirs.cpu / ours.cpu);
  console.log(
    `Prometheus takes ${ratios.map((ratio) => ratio.toFixed(1)).join(" and ")} times our processor time: Regent is ${ratios.every((ratio) => ratio > 1) ? "ahead of both" : "not ahead of both"}.\n` +
      "Its figure holds the reading of its own store; what PostgreSQL and the way to it take is not in ours.\n" +
      "How many are in alarm differs a little: its windows end at the second of its own clock, and it knows no treatment of missing samples.",
  );
}

async function makeBlocks(region, data) {
  const file = join(folder, "samples.txt");
  const stream = createWriteStream(file);
  for (const { id, series } of regent.exported(region)) {
    let lines = `# TYPE ${id} gauge\n`;
    let node = 0;
    for (const values of series) {
      for (const [at, value] of values) lines += `${id}{node="${node}"} ${value} ${at}\n`;
      node += 1;
      if (!stream.write(lines)) await once(stream, "drain");
      lines = "";
    }
  }
  stream.end("# EOF\n");
  await once(stream, "finish");
  const made = spawnSync("promtool", ["tsdb", "create-blocks-from", "openmetrics", file, data], { encoding: "utf8", maxBuffer: 2 ** 26 });
  if (made.status !== 0) throw new Error(`promtool: ${made.stderr}`);
  rmSync(file);
}

/** Their rounds by their own clock, and one of ours in each pause between two of them. */
async function turns({ rules }, region, data) {
  const child = startPrometheus(
    data,
    region.flatMap((_, node) => rules(node)),
  );
  await reach(() => metrics());
  const begin = await iteration(2);
  const [cpuBefore, ours, walls] = [cpuOf(child.pid), [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    await iteration(begin + round);
    await reach(async () => (await metrics()).ended > round + begin - 1);
    walls.push((await metrics()).seconds * 1000);
    ours.push(regent.round(region, Math.floor(Date.now() / 1000 / MINUTE) * MINUTE - BACK_S));
  }
  const end = await iteration(begin + ROUNDS);
  const cpu = ((cpuOf(child.pid) - cpuBefore) * 1000) / (end - begin);
  const firing = await (await fetch(`${PROMETHEUS}/api/v1/query?query=${encodeURIComponent('count(ALERTS{alertstate="firing"})')}`)).json();
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
  return { ours, theirs: { cpu, wall: median(walls), inAlarm: Number(firing.data.result[0]?.value[1] ?? 0) } };
}

function startPrometheus(data, rules) {
  const [config, ruleFile] = [join(folder, "prometheus.yml"), join(folder, "rules.yml")];
  // JSON is YAML.
  const alerts = rules.map((rule, index) => ({ alert: `a${index}`, ...rule }));
  writeFileSync(ruleFile, JSON.stringify({ groups: [{ name: "alarms", interval: `${INTERVAL_S}s`, rules: alerts }] }));
  writeFileSync(config, JSON.stringify({ rule_files: [ruleFile] }));
  const flags = [`--config.file=${config}`, `--storage.tsdb.path=${data}`, `--web.listen-address=${new URL(PROMETHEUS).host}`];
  const child = spawn("prometheus", flags, { stdio: "ignore" });
  children.add(child);
  child.once("exit", () => children.delete(child));
  return child;
}

/** How many rounds Prometheus has begun and ended, and how long the last one took, seconds. */
async function metrics() {
  const text = await (await fetch(`${PROMETHEUS}/metrics`)).text();
  const of = (name) => Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, "m").exec(text)?.[1] ?? Number.NaN);
  return {
    begun: of("prometheus_rule_group_iterations_total"),
    ended: of("prometheus_rule_group_duration_seconds_count"),
    seconds: of("prometheus_rule_group_last_duration_seconds"),
  };
}

/** Waits until so many rounds have begun, and says how many have. */
async function iteration(count) {
  let begun = 0;
  await reach(async () => (begun = (await metrics()).begun) >= count);
  return begun;
}

async function reach(asked) {
  const until = Date.now() + 240_000;
  for (;;) {
    try {
      if (await asked()) return;
    } catch (error) {
      if (Date.now() > until) throw error; // not up yet
    }
    if (Date.now() > until) throw new Error("Prometheus did not get there in four minutes.");
    await sleep(250);
  }
}

try {
  await main();
} finally {
  for (const child of children) child.kill("SIGKILL");
  await remove();
}
