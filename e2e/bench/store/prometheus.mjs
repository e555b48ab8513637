/** Prometheus with the same samples as a finished block: what it takes on the disk, and what the same lines take to read. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sum } from "../measure.mjs";

const ADDRESS = "127.0.0.1:29092";
const READY_MS = 30_000;

/** Null where it is not installed. */
export function prometheusVersion() {
  const { error, stdout, stderr } = spawnSync("prometheus", ["--version"], { encoding: "utf8" });
  if (error || spawnSync("promtool", ["--version"]).error) return null;
  return `Prometheus ${/version (\S+)/.exec(stdout + stderr)?.[1]}`;
}

/** Lines in its text format as blocks in a folder. Returns their bytes. */
export async function makeBlocks(lines, folder) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "samples.txt");
  const stream = createWriteStream(file);
  for (const line of lines) if (!stream.write(line)) await once(stream, "drain");
  stream.end();
  await once(stream, "finish");
  const data = join(folder, "tsdb");
  const made = spawnSync("promtool", ["tsdb", "create-blocks-from", "openmetrics", file, data], { encoding: "utf8", maxBuffer: 2 ** 26 });
  if (made.status !== 0) throw new Error(`promtool: ${made.stderr}`);
  return sum(
    readdirSync(data, { recursive: true })
      .map((name) => statSync(join(data, String(name))))
      .filter((entry) => entry.isFile())
      .map(({ size }) => size),
  );
}

/** A server on the blocks of a folder. */
export async function startPrometheus(folder, children) {
  writeFileSync(join(folder, "empty.yml"), "{}");
  const data = ["--storage.tsdb.retention.time=10y", `--storage.tsdb.path=${join(folder, "tsdb")}`];
  const child = spawn("prometheus", [`--config.file=${join(folder, "empty.yml")}`, ...data, `--web.listen-address=${ADDRESS}`], {
    stdio: "ignore",
  });
  children.add(child);
  child.once("exit", () => children.delete(child));
  for (const until = Date.now() + READY_MS; ; await sleep(100)) {
    const answer = await fetch(`http://${ADDRESS}/-/ready`).catch(() => null); // it does not listen yet
    if (answer?.ok) return child;
    if (Date.now() > until) throw new Error(`Prometheus was not ready in ${READY_MS / 1000} s.`);
  }
}

/** An hour of the metrics of the sparklines, parsed. */
export async function readLines(from, to) {
  const query = new URLSearchParams({ query: '{__name__=~"cpu|memory|networkRx|networkTx"}', start: from, end: to, step: "60" });
  const text = await (await fetch(`http://${ADDRESS}/api/v1/query_range?${query}`)).text();
  const { data } = JSON.parse(text);
  return { nodes: data.result.length / 4, bytes: text.length };
}
