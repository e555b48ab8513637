/**
 * `npm run bench:page`: the built console's web process with 1,000 nodes: what the list's page and its sparklines cost a request, and what
 * 1,000 open streams cost with a worker's tick each second. In turns beside the whole table drawn by React on the server, and beside plain
 * Node.js that sends prepared bytes, which is the limit. It never fails a test run. Linux, after `npm run build`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { root } from "../../../lib/launch/data-folder.mjs";
import { environments } from "../../../lib/launch/environment.mjs";
import { migrate } from "../../../lib/launch/migrate.mjs";
import { tryPort } from "../../../lib/launch/ports.mjs";
import { startPostgres } from "../../../lib/launch/postgres.mjs";
import { PROGRAMS } from "../../../lib/launch/region.mjs";
import { supervise } from "../../../lib/launch/supervise.mjs";
import { temporaryFolder } from "../../../lib/launch/temporary.mjs";
import { bundle, cpuOfAll, memoryOf, middle, row, versionOf } from "../measure.mjs";
import { ask, listen, signIn } from "./clients.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const NODES = Number(process.env.NODES ?? 1000);
const STREAMS = Number(process.env.STREAMS ?? 1000);
const REQUESTS = Number(process.env.REQUESTS ?? 60);
const WINDOW_S = Number(process.env.WINDOW_S ?? 15);
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const AT_ONCE = 4;
const GOAL = { cpuMs: 5, kilobytes: 60, streamsPercent: 6, streamsMb: 80 };
const READY_MS = 30_000;

const { folder, remove } = await temporaryFolder();
const children = new Set();
let regent;
let web;

async function main() {
  if (!existsSync(join(root, ".next/BUILD_ID"))) throw new Error("There is no build to be measured: run `npm run build` first.");
  const postgres = await startPostgres({ folder, durable: false, log: () => {} });
  await migrate(postgres.url);
  process.env.DATABASE_URL = postgres.url;
  const files = await bundle("page", { regent: join(HERE, "regent.ts"), peers: join(HERE, "peers.ts") });
  regent = await import(files.regent);
  await regent.plant(NODES);
  const port = await tryPort(0);
  const url = `http://127.0.0.1:${port}`;
  const env = environments({ folder, databaseUrl: postgres.url, url }).web;
  console.log(
    `Node.js ${process.version}, Next.js ${versionOf("next")}, React ${versionOf("react")}, ${availableParallelism()} cores; ` +
      `${NODES} nodes, ${REQUESTS} requests, ${AT_ONCE} at once; medians of ${ROUNDS} rounds in turns`,
  );
  await startWeb(port, env);
  const links = [];
  for (let index = 0; index < STREAMS; index += 1) links.push(await regent.inviteOne());
  const cookies = await signIn(url, links);
  const page = await whole(`${url}/nodes`, cookies[0]);
  const peer = await startPeers(files.peers, page);
  await reportPages(url, cookies[0], peer, page);
  await reportStreams({ url, port, env, cookies, peer });
}

/** The product's own web process, anew. */
async function startWeb(port, env) {
  await web?.stop();
  web = supervise({ name: "web", args: [...PROGRAMS.web, "-p", String(port), "-H", "127.0.0.1"], env }, () => {});
  for (const until = Date.now() + READY_MS; ; await sleep(100)) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null); // it does not listen yet
    if (answer?.ok) return;
    if (Date.now() > until) throw new Error(`The web process did not answer in ${READY_MS / 1000} s.`);
  }
}

/** The page as it is sent, in gzip. */
async function whole(url, headers) {
  const file = [];
  const [answer] = await once(get(url, { headers: { "accept-encoding": "gzip", ...headers } }), "response");
  if (answer.statusCode !== 200 || answer.headers["content-encoding"] !== "gzip") throw new Error(`${url} answered ${answer.statusCode}.`);
  for await (const part of answer) file.push(part);
  return Buffer.concat(file);
}

async function startPeers(file, page) {
  const [rows, prepared] = [join(folder, "rows.json"), join(folder, "page.gz")];
  writeFileSync(rows, JSON.stringify(await regent.rows()));
  writeFileSync(prepared, page);
  const child = spawn(process.execPath, [file, rows, prepared], {
    env: { PATH: process.env.PATH, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  children.add(child);
  const [port] = await once(createInterface({ input: child.stdout }), "line");
  return { child, url: `http://127.0.0.1:${port}` };
}

async function measure(pid, url, headers) {
  await ask(url, headers, REQUESTS / 5, AT_ONCE); // code that runs for the first time is compiled
  const before = cpuOfAll(pid);
  const figures = await ask(url, headers, REQUESTS, AT_ONCE);
  return { ...figures, cpu: ((cpuOfAll(pid) - before) * 1000) / REQUESTS };
}

async function reportPages(url, cookie, peer, page) {
  const sides = {
    "Regent, the list's page": () => measure(web.pid(), `${url}/nodes`, cookie),
    "Regent, a page without nodes": () => measure(web.pid(), `${url}/settings/appearance`, cookie),
    "Regent, the sparklines of all rows": () => measure(web.pid(), `${url}/api/trends`, cookie),
    "React on the server, every row": () => measure(peer.child.pid, `${peer.url}/table`, {}),
    "limit: plain Node.js, the page prepared": () => measure(peer.child.pid, `${peer.url}/prepared`, {}),
  };
  const found = Object.fromEntries(Object.keys(sides).map((side) => [side, []]));
  for (let round = 0; round < ROUNDS; round += 1) for (const [side, run] of Object.entries(sides)) found[side].push(await run());
  console.log(`\nA request (the page is ${(gunzipSync(page).length / 1000).toFixed(0)} kB before gzip)`);
  row(["", "CPU, ms", "kB, gzip", "requests/s"]);
  for (const [side, rounds] of Object.entries(found))
    row([side, middle(rounds, "cpu").toFixed(1), (middle(rounds, "bytes") / 1000).toFixed(1), middle(rounds, "perSecond").toFixed(0)]);
  const { "Regent, the list's page": ours, "React on the server, every row": table } = found;
  const [cpu, kilobytes] = [middle(ours, "cpu"), middle(ours, "bytes") / 1000];
  console.log(
    `React alone draws every row, in plain text and without a frame, in ${(middle(table, "cpu") / cpu).toFixed(2)} of our processor time: Regent is ` +
      `${cpu < middle(table, "cpu") ? "ahead" : "NOT ahead"}. Goals: ${GOAL.cpuMs} ms a request ${word(cpu <= GOAL.cpuMs)} (${cpu.toFixed(1)}), ` +
      `${GOAL.kilobytes} kB ${word(kilobytes <= GOAL.kilobytes)} (${kilobytes.toFixed(1)}).`,
  );
}

const word = (met) => (met ? "met" : "NOT MET");

async function reportStreams({ url, port, env, cookies, peer }) {
  const found = { ours: [], limit: [] };
  const text = "x".repeat(4800); // as long as the tick of a tenth of 1,000 nodes
  for (let round = 0; round < ROUNDS; round += 1) {
    await startWeb(port, env);
    await ask(`${url}/nodes`, cookies[0], 20, AT_ONCE);
    found.ours.push(await hold(web.pid(), `${url}/api/live`, cookies, () => regent.tick()));
    const nobody = cookies.map(() => ({}));
    found.limit.push(await hold(peer.child.pid, `${peer.url}/stream`, nobody, () => peer.child.send(text)));
  }
  console.log(`\n${STREAMS} open streams, a tick each second for ${WINDOW_S} s`);
  row(["", "CPU, %", "memory, +MB", "heard, least"]);
  const line = (side, rounds) =>
    row([side, middle(rounds, "cpu").toFixed(1), middle(rounds, "memory").toFixed(0), Math.min(...rounds.map(({ least }) => least))]);
  line("Regent", found.ours);
  line("limit: plain Node.js, one text", found.limit);
  const [cpu, memory] = [middle(found.ours, "cpu"), middle(found.ours, "memory")];
  console.log(
    `Goals: ${GOAL.streamsPercent} % of a core ${word(cpu <= GOAL.streamsPercent)} (${cpu.toFixed(1)}), ` +
      `+${GOAL.streamsMb} MB ${word(memory <= GOAL.streamsMb)} (${memory.toFixed(0)}).`,
  );
}

/** Opens the streams, and ticks. Memory is what the process has grown by, MiB. */
async function hold(pid, url, headers, tick) {
  const idle = memoryOf(pid);
  const streams = await listen(url, headers);
  await tick();
  await sleep(3000);
  const [before, begun, heard] = [cpuOfAll(pid), performance.now(), [...streams.ticks]];
  for (let second = 1; second <= WINDOW_S; second += 1) {
    await tick();
    await sleep(Math.max(0, begun + second * 1000 - performance.now()));
  }
  const seconds = (performance.now() - begun) / 1000;
  const figures = {
    cpu: ((cpuOfAll(pid) - before) / seconds) * 100,
    memory: memoryOf(pid) - idle,
    least: Math.min(...streams.ticks.map((count, index) => count - heard[index])),
  };
  streams.close();
  await sleep(1000);
  return figures;
}

try {
  await main();
} finally {
  await web?.stop();
  for (const child of children) child.kill("SIGKILL");
  await regent?.close();
  await remove();
}
