/** What is known of nodes now: the newest sample, the hour before it, and why there is none. */
import { codesOfBytes } from "../../domain/sample-wire";
import type { Refusal } from "../../outcome";
import { samplePool } from "./pool";
import type { NodeNow } from "./write";

const NOW_COLUMNS = `node_id AS id, extract(epoch FROM sampled_at)::float8 AS "sampledAt", boot_id AS "bootId", ring_minute AS "ringMinute", ring, last,
  extract(epoch FROM chunk_start)::float8 AS "chunkStart", chunk`;

/** All that is kept of the named nodes, as a worker goes on from it. Together with the database's clock, seconds since 1970. */
export async function readKept(ids: readonly string[]): Promise<{ rows: NodeNow[]; silent: string[] }> {
  const [kept, silent] = await Promise.all([
    samplePool().query<NodeNow>(`SELECT ${NOW_COLUMNS} FROM metrics.node_sample WHERE node_id = ANY($1::uuid[])`, [ids]),
    samplePool().query<{ id: string }>("SELECT node_id AS id FROM metrics.node_silence WHERE node_id = ANY($1::uuid[])", [ids]),
  ]);
  return { rows: kept.rows, silent: silent.rows.map(({ id }) => id) };
}

export type Hour = { id: string; at: number; last: Buffer; minute: number; ring: Buffer };

/** The sparklines of the whole list: one round trip, one row a node. */
export async function readHours(): Promise<{ hours: Hour[]; now: number }> {
  const { rows } = await samplePool().query<Hour & { now: number }>({
    name: "sample-hours",
    text: `SELECT node_id AS id, extract(epoch FROM sampled_at)::float8 AS at, ring_minute AS minute, ring, last,
                  extract(epoch FROM clock_timestamp())::float8 AS now FROM metrics.node_sample`,
  });
  return { hours: rows, now: rows[0]?.now ?? Date.now() / 1000 };
}

export type Newest = { sampledAt: Date; codes: Uint16Array };

/** The newest codes of each metric, by node; of the named nodes, or of all. */
export async function readNewest(ids?: readonly string[]): Promise<Map<string, Newest>> {
  const { rows } = await samplePool().query<{ id: string; at: Date; last: Buffer }>(
    `SELECT node_id AS id, sampled_at AS at, last FROM metrics.node_sample WHERE $1::uuid[] IS NULL OR node_id = ANY($1::uuid[])`,
    [ids ?? null],
  );
  return new Map(rows.map(({ id, at, last }) => [id, { sampledAt: at, codes: codesOfBytes(last) }]));
}

/** Why a node that should answer does not, and since when. */
export type Silence = { since: string; reason: string; hint: string | null };

export async function readSilences(ids?: readonly string[]): Promise<Map<string, Silence>> {
  const { rows } = await samplePool().query<{ id: string; since: Date; refusal: Refusal }>(
    "SELECT node_id AS id, since, refusal FROM metrics.node_silence WHERE $1::uuid[] IS NULL OR node_id = ANY($1::uuid[])",
    [ids ?? null],
  );
  // Written by writeSilences only.
  return new Map(
    rows.map(({ id, since, refusal }) => [id, { since: since.toISOString(), reason: refusal.reason, hint: refusal.hint ?? null }]),
  );
}
