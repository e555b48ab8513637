/** Our side of the benchmark, bundled: the store that a worker writes through, and what the route of the sparklines reads. */
import { gzipSync } from "node:zlib";
import { closeDb, db } from "@/lib/db";
import { FINEST } from "@/lib/domain/levels";
import { METRIC_COUNT, METRIC_IDS, TREND_IDS } from "@/lib/domain/metrics";
import { writeHours } from "@/lib/domain/sample-wire";
import { closeSamplePool, samplePool } from "@/lib/services/metrics/pool";
import { readHours } from "@/lib/services/metrics/read";
import { SampleClock } from "@/lib/worker/sampling/clock";
import { SampleStore } from "@/lib/worker/sampling/store";
import { busyNode, type Slot } from "../busy";
import { plantNodes } from "../nodes";

export * as rows from "./rows";
export { METRIC_COUNT };

const START = 1_795_000_200;
const MINUTES_SHOWN = 60;

export async function plant(count: number): Promise<string[]> {
  await db.$executeRaw`TRUNCATE node, metrics.node_now, metrics.node_hour, metrics.sample_10s CASCADE`;
  return plantNodes(count, "Active");
}

/** What so many nodes measure, made before anything is timed. */
export function slotsOf(nodes: number, count: number, step: number = FINEST.step): Slot[] {
  const asked = Array.from({ length: nodes }, (_, index) => busyNode(index));
  return Array.from({ length: count }, (_, slot) => {
    const at = START + slot * step;
    return { at, values: asked.map((valuesAt) => valuesAt(at)) };
  });
}

/** A worker's store without a past. */
async function emptyStore(): Promise<SampleStore> {
  await samplePool().query("TRUNCATE metrics.node_now, metrics.node_hour, metrics.sample_10s");
  return new SampleStore(await SampleClock.ofDatabase());
}

/** Each slot is written at once, as it comes. */
export async function write(ids: readonly string[], slots: readonly Slot[]): Promise<void> {
  const store = await emptyStore();
  for (const { at, values } of slots) {
    ids.forEach((id, index) => store.add(id, { values: values[index]!, bootId: null, slot: at, at })); // each node has its values
    await store.flush();
  }
}

/** What finished chunks take on the disk, with index and everything, for so many values. */
export async function sizeOf(): Promise<number> {
  const { rows } = await samplePool().query<{ bytes: string }>(
    `SELECT sum(pg_total_relation_size(inhrelid)) AS bytes FROM pg_inherits WHERE inhparent = 'metrics.sample_10s'::regclass
     AND pg_relation_size(inhrelid) > 0`,
  );
  return Number(rows[0]?.bytes);
}

/** Every node with an hour of minutes behind it; what is between two minutes does not change what is read. */
export async function fill(ids: readonly string[], slots: readonly Slot[]): Promise<void> {
  await write(ids, slots);
  await samplePool().query("ANALYZE");
}

/** An hour, a point a minute. */
export const hourOf = (nodes: number): Slot[] => slotsOf(nodes, MINUTES_SHOWN, 60);

/** What the route of the sparklines does: one query, the bytes, gzip. */
export async function read(): Promise<{ queryMs: number; nodes: number; bytes: number; gzip: number }> {
  const begun = performance.now();
  const hours = await readHours();
  const queryMs = performance.now() - begun;
  const bytes = writeHours(hours.map((hour) => ({ ...hour, at: Math.floor(hour.at) })));
  return { queryMs, nodes: hours.length, bytes: bytes.length, gzip: gzipSync(bytes, { level: 1 }).length };
}

/** In the text that Prometheus takes: the metrics of the sparklines, or all. */
export function* openMetrics(slots: readonly Slot[], which: "trends" | "all"): Generator<string> {
  for (const id of which === "all" ? METRIC_IDS : TREND_IDS) {
    yield `# TYPE ${id} gauge\n`;
    for (const node of slots[0]?.values.keys() ?? [])
      yield slots.map(({ at, values }) => `${id}{node="${node}"} ${values[node]?.[id] ?? "NaN"} ${at}\n`).join("");
  }
  yield "# EOF\n";
}

export async function close(): Promise<void> {
  await closeSamplePool();
  await closeDb();
}
