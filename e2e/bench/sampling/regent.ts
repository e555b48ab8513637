/** Our side of the benchmark, bundled: nodes as after a join, and the store with a day of samples. */
import { performance } from "node:perf_hooks";
import { gzipSync } from "node:zlib";
import { closeDb, db } from "@/lib/db";
import { FLEET } from "@/lib/demo/fleet";
import { quietSurveys } from "@/lib/demo/health";
import { usageOf } from "@/lib/demo/usage";
import { Kept } from "@/lib/domain/kept";
import { FINEST } from "@/lib/domain/levels";
import { METRIC_COUNT, METRIC_IDS, type Values } from "@/lib/domain/metrics";
import { writeHours } from "@/lib/domain/sample-wire";
import { nodeKeyAad } from "@/lib/domain/sealing";
import { KEPT_COMMANDS } from "@/lib/machines/commands";
import { generateNodeKey } from "@/lib/machines/keys";
import { generateSealKeyPair, seal } from "@/lib/secrets";
import { closeSamplePool, samplePool } from "@/lib/services/metrics/pool";
import { readHours } from "@/lib/services/metrics/read";
import { writeSamples, type Row } from "@/lib/services/metrics/write";

export { generateSealKeyPair };
export const commands = { SAMPLE: KEPT_COMMANDS.sample.exec, SURVEY: KEPT_COMMANDS.survey.exec };

const addressOf = (index: number): string => `127.${32 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;

/** Nodes as a join leaves them, past the triggers: with a key that only the worker can open. */
export async function plant(count: number, hostKeySha256: string): Promise<void> {
  const pair = generateNodeKey({ comment: "bench", from: "" });
  const sealed = seal(process.env.REGENT_SEAL_PUBLIC_KEY ?? "", pair.privateKey, nodeKeyAad(pair.authorizedKey));
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.$executeRaw`DELETE FROM metrics.node_now`;
    await tx.$executeRaw`DELETE FROM node_key`;
    await tx.$executeRaw`DELETE FROM node`;
    const addresses = Array.from({ length: count }, (_, index) => addressOf(index + 1));
    await tx.$executeRaw`
      INSERT INTO node (id, name, ip, role, status, ssh_user, host_key_type, host_key_sha256, converged_macs, access_macs, joined_at, memory_bytes)
      SELECT gen_random_uuid(), 'bench-' || at, ip, 'Worker', 'Active', 'root', 'ssh-ed25519', ${hostKeySha256}, '{}', '{}', now(), 540092137472
      FROM unnest(${addresses}::text[]) WITH ORDINALITY AS a (ip, at)`;
    await tx.$executeRaw`INSERT INTO node_key (node_id, public_key, sealed_private) SELECT id, ${pair.authorizedKey}, ${Buffer.from(sealed)} FROM node`;
  });
}

/** The process of PostgreSQL that answers us. */
export async function backendPid(): Promise<number> {
  return (await samplePool().query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]?.pid ?? 0;
}

/** How many nodes have a sample that is no older than two intervals. */
export async function sampled(): Promise<number> {
  const { rows } = await samplePool().query<{ count: number }>(
    "SELECT count(*)::int AS count FROM metrics.node_now WHERE sampled_at > clock_timestamp() - interval '20 s'",
  );
  return rows[0]?.count ?? 0;
}

export async function oldestSeconds(): Promise<number> {
  const { rows } = await samplePool().query<{ age: number }>(
    "SELECT extract(epoch FROM max(clock_timestamp() - sampled_at))::float8 AS age FROM metrics.node_now",
  );
  return rows[0]?.age ?? Number.NaN;
}

const START = 1_795_000_200;

/** A day of the demo region's busy servers, sample by sample as the worker writes them: bytes a value, with index and everything. */
export async function storeFigures(): Promise<{ values: number; bytes: number }> {
  await samplePool().query("TRUNCATE metrics.sample_10s");
  const nodes = await db.node.findMany({ select: { id: true }, take: 24 });
  const servers = FLEET.filter(({ vmShare }) => vmShare > 0.3);
  let samples = 0;
  for (const [index, { id }] of nodes.entries()) {
    const server = servers[index % servers.length];
    if (!server) continue;
    const [kept, surveyed] = [new Kept(id), quietSurveys(server)];
    const chunks: Row[] = [];
    for (let slot = START; slot <= START + 86_400; slot += FINEST.step) {
      const values: Values = { ...usageOf(server, slot + index), ...surveyed(slot - (slot % 60)) };
      const finished = kept.add(values, slot, slot);
      if (finished) chunks.push(finished);
      samples += 1;
    }
    await writeSamples({ nows: [], hours: [], chunks, news: [] });
  }
  const { rows } = await samplePool().query<{ bytes: string }>(
    `SELECT sum(pg_total_relation_size(inhrelid)) AS bytes FROM pg_inherits WHERE inhparent = 'metrics.sample_10s'::regclass
     AND pg_relation_size(inhrelid) > 0`,
  );
  return { values: samples * METRIC_COUNT, bytes: Number(rows[0]?.bytes) };
}

/** The values of one node in an hour, by metric, for the other side to store the same. */
export function hourOf(index: number): { id: string; points: [number, number][] }[] {
  const servers = FLEET.filter(({ vmShare }) => vmShare > 0.3);
  const server = servers[index % servers.length];
  if (!server) return [];
  const ids = METRIC_IDS.slice(0, 4) as ["cpu", "memory", "networkRx", "networkTx"]; // those of the sparklines
  const slots = Array.from({ length: 360 }, (_, point) => START + point * FINEST.step);
  const usage = slots.map((slot) => usageOf(server, slot + index));
  return ids.map((id) => ({ id, points: usage.map((values, point) => [slots[point] ?? 0, values[id]]) }));
}

/** Rings for all nodes. */
export async function fillRings(): Promise<void> {
  const nodes = await db.node.findMany({ select: { id: true } });
  const kept = nodes.map(({ id }, index) => {
    const node = new Kept(id);
    for (const [point] of Array.from({ length: 60 }).entries()) {
      const values = Object.fromEntries(METRIC_IDS.map((metric) => [metric, ((index * 7 + point) % 50) / 50])) as Values; // every metric is there
      node.add(values, START + point * 60, START + point * 60);
    }
    return node.toRows();
  });
  for (let first = 0; first < kept.length; first += 500) {
    const part = kept.slice(first, first + 500);
    await writeSamples({ nows: part.map(({ now }) => now), hours: part.flatMap(({ hour }) => hour ?? []), chunks: [], news: [] });
  }
}

/** What the route of the sparklines does: one query, the bytes, gzip. Milliseconds, and processor time of this process. */
export async function readFigures(): Promise<{ query: number; all: number; cpu: number; bytes: number; gzip: number }> {
  const [begun, used] = [performance.now(), process.cpuUsage()];
  const hours = await readHours();
  const query = performance.now() - begun;
  const bytes = writeHours(hours.map((hour) => ({ ...hour, at: Math.floor(hour.at) })));
  const gzip = gzipSync(bytes, { level: 1 });
  const { user, system } = process.cpuUsage(used);
  return { query, all: performance.now() - begun, cpu: (user + system) / 1000, bytes: bytes.length, gzip: gzip.length };
}

export async function close(): Promise<void> {
  await closeSamplePool();
  await closeDb();
}
