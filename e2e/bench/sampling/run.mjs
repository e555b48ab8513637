/**
 * `npm run bench:sampling`: the worker that samples simulated hosts every 10 s beside Prometheus that scrapes as many targets of
 * prometheus-node-exporter, in one run; `bench:store` follows. It never fails a test run. Linux; Prometheus comes from Debian's packages and is reported as missing
 * where it is not.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, dirname } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import ssh2 from "ssh2";
import { root } from "../../../lib/launch/data-folder.mjs";
import { migrate } from "../../../lib/launch/migrate.mjs";
import { startPostgres } from "../../../lib/launch/postgres.mjs";
import { temporaryFolder } from "../../../lib/launch/temporary.mjs";
import { bundle, cpuOf, cpuOfAll, memoryOf, row as line, sum } from "../measure.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const COUNTS = (process.env.COUNTS ?? "100,1000,10000").split(",").map(Number);
const BESIDE = Number(process.env.BESIDE ?? 1000);
const WINDOW_S = Number(process.env.WINDOW_S ?? 60);
const COLLECTORS = ["cpu", "meminfo", "netdev", "diskstats", "loadavg", "filesystem"];

const { folder, remove } = await temporaryFolder();
const children = new Set();
const postgres = await startPostgres({ folder, log: () => {} });
let regent;

async function main() {
  const { regent: regentFile, worker: workerFile } = await bundle("sampling", {
    regent: join(HERE, "regent.ts"),
    worker: join(root, "lib/worker/main.ts"),
  });
  process.env.DATABASE_URL = postgres.url;
  regent = await import(regentFile);
  await migrate(postgres.url);
  const keys = regent.generateSealKeyPair();
  writeFileSync(join(folder, "seal.key"), keys.privateKey, { mode: 0o600 });
  process.env.REGENT_SEAL_PUBLIC_KEY = keys.publicKey;
  const hosts = await startHosts();
  const peer = peerVersions();
  console.log(
    `Node.js ${process.version}, ${availableParallelism()} cores, ${peer ?? "Prometheus is missing: ours stands alone"}; windows of ${WINDOW_S} s`,
  );

  const ours = new Map();
  for (const count of COUNTS) ours.set(count, await sampleWith(workerFile, keys, hosts, count));
  const theirs = peer ? await scrape(BESIDE) : null;
  reportSampling(ours, theirs);
}

function run(command, args, env, stdio = ["ignore", "pipe", "inherit", "ipc"]) {
  const child = spawn(command, args, { cwd: root, env: { PATH: process.env.PATH, NODE_ENV: "production", ...env }, stdio });
  children.add(child);
  child.once("exit", () => children.delete(child));
  return child;
}

const firstLine = (child) => new Promise((resolve) => createInterface({ input: child.stdout }).once("line", resolve));

async function stop(child, signal = "SIGTERM") {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await gone;
}

async function startHosts() {
  let pair = ssh2.utils.generateKeyPairSync("ed25519");
  while (ssh2.utils.parseKey(pair.private) instanceof Error) pair = ssh2.utils.generateKeyPairSync("ed25519");
  const child = run(process.execPath, [join(HERE, "hosts.mjs")], { HOST_KEY: pair.private, ...regent.commands });
  const port = await firstLine(child);
  const digest = createHash("sha256")
    .update(Buffer.from(pair.public.split(" ")[1], "base64"))
    .digest("base64")
    .replace(/=+$/, "");
  return { port, sha256: `SHA256:${digest}`, child };
}

async function sampleWith(workerFile, keys, hosts, count) {
  await regent.plant(count, hosts.sha256);
  const begun = Date.now();
  const worker = run(
    process.execPath,
    [workerFile],
    {
      DATABASE_URL: postgres.url,
      REGENT_SEAL_PUBLIC_KEY: keys.publicKey,
      REGENT_SEAL_PRIVATE_KEY_FILE: join(folder, "seal.key"),
      REGENT_MANAGEMENT_NETWORKS: `127.32.0.0/15:${hosts.port}`,
      REGENT_LOG_LEVEL: "error",
    },
    ["ignore", "ignore", "inherit", "ipc"],
  );
  while ((await regent.sampled()) < count) {
    if (worker.exitCode !== null || worker.signalCode !== null) throw new Error("The worker has ended.");
    await sleep(500);
  }
  const connected = (Date.now() - begun) / 1000;
  await sleep(15_000);
  const read = async () => ({ worker: cpuOf(worker.pid), postgres: cpuOfAll(postgres.pid), at: performance.now() });
  const before = await read();
  await sleep(WINDOW_S * 1000);
  const after = await read();
  const seconds = (after.at - before.at) / 1000;
  const samples = (count * seconds) / 10;
  const figures = {
    connected,
    cpu: ((after.worker - before.worker) / seconds) * 100,
    postgres: ((after.postgres - before.postgres) / seconds) * 100,
    micros: ((after.worker - before.worker) / samples) * 1e6,
    memory: memoryOf(worker.pid),
    oldest: await regent.oldestSeconds(),
  };
  await stop(worker);
  return figures;
}

function peerVersions() {
  const version = spawnSync("prometheus", ["--version"], { encoding: "utf8" });
  const exporter = spawnSync("prometheus-node-exporter", ["--version"], { encoding: "utf8" });
  if (version.error || exporter.error) return null;
  const of = ({ stdout, stderr }) => /version (\S+)/.exec(stdout + stderr)?.[1];
  return `Prometheus ${of(version)}, node_exporter ${of(exporter)}`;
}

async function scrape(count) {
  const port = 29_100;
  const exporter = run(
    "prometheus-node-exporter",
    [
      `--web.listen-address=0.0.0.0:${port}`,
      "--web.max-requests=0",
      "--collector.disable-defaults",
      ...COLLECTORS.map((name) => `--collector.${name}`),
    ],
    {},
    "ignore",
  );
  const targets = Array.from({ length: count }, (_, index) => `127.32.${(index >> 8) & 255}.${index & 255}:${port}`);
  const data = join(folder, "prometheus");
  mkdirSync(data, { recursive: true });
  const config = { global: { scrape_interval: "10s" }, scrape_configs: [{ job_name: "node", static_configs: [{ targets }] }] };
  writeFileSync(join(data, "prometheus.yml"), JSON.stringify(config));
  const prometheus = run(
    "prometheus",
    [`--config.file=${join(data, "prometheus.yml")}`, `--storage.tsdb.path=${join(data, "tsdb")}`, "--web.listen-address=127.0.0.1:29090"],
    {},
    "ignore",
  );
  await sleep(45_000);
  const read = () => ({ prometheus: cpuOf(prometheus.pid), exporter: cpuOf(exporter.pid), at: performance.now() });
  const before = read();
  await sleep(WINDOW_S * 1000);
  const after = read();
  const seconds = (after.at - before.at) / 1000;
  const up = await (await fetch("http://127.0.0.1:29090/api/v1/query?query=sum(up)")).json();
  const figures = {
    up: Number(up.data.result[0]?.value[1] ?? 0),
    cpu: ((after.prometheus - before.prometheus) / seconds) * 100,
    micros: ((after.prometheus - before.prometheus) / ((count * seconds) / 10)) * 1e6,
    memory: memoryOf(prometheus.pid),
    target: ((after.exporter - before.exporter) / ((count * seconds) / 10)) * 1000,
  };
  await stop(prometheus);
  await stop(exporter);
  return figures;
}

/** What our script costs the machine that it runs on, in a shell as sshd starts it: ms of processor time. */
function targetCost() {
  const questions = "sample\n".repeat(1000);
  const { stdout } = spawnSync("sh", ["-c", `${regent.commands.SAMPLE} >/dev/null; times`], { input: questions, encoding: "utf8" });
  const children = stdout.trim().split("\n").at(-1) ?? "";
  const own = stdout.trim().split("\n")[0] ?? "";
  const seconds = (text) => sum([...text.matchAll(/(\d+)m([\d.]+)s/g)].map(([, minutes, rest]) => Number(minutes) * 60 + Number(rest)));
  return seconds(children) + seconds(own);
}

function reportSampling(ours, theirs) {
  const row = (cells) => line(cells, 34, 12);
  console.log("\nSampling every 10 s");
  row(["", "CPU, %", "us/sample", "memory, MB", "PostgreSQL %", "all in, s", "oldest, s"]);
  for (const [count, { cpu, micros, memory, postgres: database, connected, oldest }] of ours)
    row([
      `Regent, ${count} nodes`,
      cpu.toFixed(1),
      micros.toFixed(0),
      memory.toFixed(0),
      database.toFixed(1),
      connected.toFixed(0),
      oldest.toFixed(1),
    ]);
  if (theirs)
    row([
      `Prometheus, ${theirs.up} of ${BESIDE} targets`,
      theirs.cpu.toFixed(1),
      theirs.micros.toFixed(0),
      theirs.memory.toFixed(0),
      "-",
      "-",
      "-",
    ]);
  const cost = targetCost();
  console.log(
    `Processor time of the machine that is measured: ${cost.toFixed(2)} ms a sample${theirs ? `, node_exporter ${theirs.target.toFixed(2)} ms` : ""}`,
  );
  const own = ours.get(BESIDE);
  if (own && theirs)
    console.log(
      `At ${BESIDE} nodes Regent takes ${(own.cpu / theirs.cpu).toFixed(2)} of Prometheus's processor time and ${(own.memory / theirs.memory).toFixed(2)} of its memory` +
        ` (with PostgreSQL's processor time ${((own.cpu + own.postgres) / theirs.cpu).toFixed(2)}): ${own.cpu < theirs.cpu && own.memory < theirs.memory ? "ahead on both" : "not ahead on both"}.`,
    );
  const [first, last] = [[...ours].at(0), [...ours].at(-1)];
  if (first && last && first !== last)
    console.log(
      `From ${first[0]} to ${last[0]} nodes the time for a sample goes from ${first[1].micros.toFixed(0)} to ${last[1].micros.toFixed(0)} us.`,
    );
}

try {
  await main();
} finally {
  for (const child of children) child.kill("SIGKILL");
  await regent?.close();
  await remove();
}
