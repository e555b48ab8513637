/** Writing what was measured: one statement for all nodes that have something new. */
import { SET_BACK_SECONDS, type NodeHourRow, type NodeNow } from "../../domain/kept";
import { FINEST, type Level } from "../../domain/levels";
import { joined } from "../../domain/rollup";
import type { Refusal } from "../../outcome";
import { ensurePartition } from "./partitions";
import { samplePool } from "./pool";

export type Row = { id: string; start: number; data: Uint8Array };

/** What browsers hear; see lib/live.ts. PostgreSQL takes 8,000 bytes in one notification. */
export const SAMPLES_CHANNEL = "regent_samples";

/**
 * An older sample never replaces a newer one, unless that lies in the future: the database's clock was set back. An hour comes with its
 * sample. A chunk that is there already is joined with it below. A node that was deleted meanwhile is left out.
 */
const WRITE = `
  WITH now_rows AS (
    INSERT INTO metrics.node_now (node_id, sampled_at, boot_id, last, tail)
    SELECT s.id, to_timestamp(s.sampled_at), s.boot_id, s.last, s.tail
    FROM unnest($1::uuid[], $2::float8[], $3::uuid[], $4::bytea[], $5::bytea[]) AS s (id, sampled_at, boot_id, last, tail)
    WHERE EXISTS (SELECT 1 FROM node WHERE node.id = s.id)
    ON CONFLICT (node_id) DO UPDATE
      SET sampled_at = excluded.sampled_at, boot_id = excluded.boot_id, last = excluded.last, tail = excluded.tail
    WHERE node_now.sampled_at < excluded.sampled_at OR node_now.sampled_at > clock_timestamp() + interval '${SET_BACK_SECONDS} seconds'
    RETURNING node_id
  ), hours AS (
    INSERT INTO metrics.node_hour (node_id, ring_minute, ring, chunk_start, chunk)
    SELECT h.id, h.minute, h.ring, to_timestamp(h.chunk_start), h.chunk
    FROM unnest($6::uuid[], $7::int[], $8::bytea[], $9::float8[], $10::bytea[]) AS h (id, minute, ring, chunk_start, chunk)
    WHERE h.id IN (SELECT node_id FROM now_rows)
    ON CONFLICT (node_id) DO UPDATE
      SET ring_minute = excluded.ring_minute, ring = excluded.ring, chunk_start = excluded.chunk_start, chunk = excluded.chunk
  ), chunks AS (
    INSERT INTO metrics.sample_10s (node_id, start, data)
    SELECT c.id, to_timestamp(c.start), c.data FROM unnest($11::uuid[], $12::float8[], $13::bytea[]) AS c (id, start, data)
    ON CONFLICT (node_id, start) DO NOTHING RETURNING 1
  ), told AS (SELECT pg_notify('${SAMPLES_CHANNEL}', news) FROM unnest($14::text[]) AS news)
  SELECT extract(epoch FROM clock_timestamp())::float8 AS now, (SELECT count(*) FROM told) AS told, (SELECT count(*)::int FROM chunks) AS made`;

const bytea = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export type Samples = { nows: readonly NodeNow[]; hours: readonly NodeHourRow[]; chunks: readonly Row[]; news: readonly string[] };

/** Writes it all together. Returns the database's clock, seconds since 1970. */
export async function writeSamples({ nows, hours, chunks, news }: Samples): Promise<number> {
  for (const start of new Set(chunks.map((chunk) => chunk.start))) await ensurePartition(FINEST, start);
  const { rows } = await samplePool().query<{ now: number; made: number }>({
    name: "write-samples",
    text: WRITE,
    values: [
      nows.map(({ id }) => id),
      nows.map(({ sampledAt }) => sampledAt),
      nows.map(({ bootId }) => bootId),
      nows.map(({ last }) => bytea(last)),
      nows.map(({ tail }) => bytea(tail)),
      hours.map(({ id }) => id),
      hours.map(({ ringMinute }) => ringMinute),
      hours.map(({ ring }) => bytea(ring)),
      hours.map(({ chunkStart }) => chunkStart),
      hours.map(({ chunk }) => bytea(chunk)),
      chunks.map(({ id }) => id),
      chunks.map(({ start }) => start),
      chunks.map(({ data }) => bytea(data)),
      news,
    ],
  });
  const [{ now, made } = { now: Number.NaN, made: 0 }] = rows; // there is one
  if (made < chunks.length) await joinChunks(chunks);
  return now;
}

/** Two workers had the node in the same ten minutes: what one of them lacks the other has. What can not be read is replaced. */
async function joinChunks(chunks: readonly Row[]): Promise<void> {
  const { rows } = await samplePool().query<Row>(
    `SELECT s.node_id AS id, extract(epoch FROM s.start)::float8 AS start, s.data FROM metrics.${FINEST.table} s
     JOIN unnest($1::uuid[], $2::float8[]) AS c (id, start) ON s.node_id = c.id AND s.start = to_timestamp(c.start)`,
    [chunks.map(({ id }) => id), chunks.map(({ start }) => start)],
  );
  const whole = new Map(rows.map((row) => [`${row.id} ${row.start}`, row]));
  for (const chunk of chunks) {
    const key = `${chunk.id} ${chunk.start}`;
    const there = whole.get(key);
    whole.set(key, { ...chunk, data: there ? joined(chunk.data, there.data) : chunk.data });
  }
  await writeRows(FINEST, [...whole.values()]);
}

/** Rows of one level; one that is there already is written anew. */
export async function writeRows(level: Level, rows: readonly Row[]): Promise<void> {
  for (const start of new Set(rows.map((row) => row.start))) await ensurePartition(level, start);
  await samplePool().query(
    `INSERT INTO metrics.${level.table} (node_id, start, data)
     SELECT c.id, to_timestamp(c.start), c.data FROM unnest($1::uuid[], $2::float8[], $3::bytea[]) AS c (id, start, data)
     ON CONFLICT (node_id, start) DO UPDATE SET data = excluded.data`,
    [rows.map(({ id }) => id), rows.map(({ start }) => start), rows.map(({ data }) => bytea(data))],
  );
}

/** Why nodes are not reached, or null for those that are again. Since when stays as it was first said. Browsers hear of it. */
export async function writeSilences(said: ReadonlyMap<string, Refusal | null>): Promise<void> {
  const lost = [...said].flatMap(([id, refusal]) => (refusal ? [{ id, refusal: JSON.stringify(refusal) }] : []));
  const found = [...said].flatMap(([id, refusal]) => (refusal ? [] : [id]));
  await samplePool().query(
    `WITH lost AS (
       INSERT INTO metrics.node_silence (node_id, since, refusal)
       SELECT s.id, clock_timestamp(), s.refusal FROM unnest($1::uuid[], $2::jsonb[]) AS s (id, refusal)
       WHERE EXISTS (SELECT 1 FROM node WHERE node.id = s.id)
       ON CONFLICT (node_id) DO UPDATE SET refusal = excluded.refusal
     ), found AS (DELETE FROM metrics.node_silence WHERE node_id = ANY($3::uuid[]))
     SELECT pg_notify('regent_live', json_build_object('node', id)::text) FROM unnest($1::uuid[] || $3::uuid[]) AS changed (id)`,
    [lost.map(({ id }) => id), lost.map(({ refusal }) => refusal), found],
  );
}
