/** What is known of nodes now: the newest sample, the hour before it, and why there is none. */
import type { NodeHourRow, NodeNow } from "../../domain/kept";
import { codesOfBytes } from "../../domain/sample-wire";
import type { Refusal } from "../../outcome";
import { samplePool } from "./pool";

/** The database's clock, seconds since 1970. */
export async function readClock(): Promise<number> {
  const { rows } = await samplePool().query<{ now: number }>("SELECT extract(epoch FROM clock_timestamp())::float8 AS now");
  return rows[0]?.now ?? Number.NaN; // there is one
}

/** All that is kept of the named nodes, as a worker goes on from it, and which of them are known to be silent. */
export async function readKept(ids: readonly string[]): Promise<{ nows: NodeNow[]; hours: NodeHourRow[]; silent: string[] }> {
  const [nows, hours, silent] = await Promise.all([
    samplePool().query<NodeNow>(
      `SELECT node_id AS id, extract(epoch FROM sampled_at)::float8 AS "sampledAt", boot_id AS "bootId", last, tail
       FROM metrics.node_now WHERE node_id = ANY($1::uuid[])`,
      [ids],
    ),
    samplePool().query<NodeHourRow>(
      `SELECT node_id AS id, ring_minute AS "ringMinute", ring, extract(epoch FROM chunk_start)::float8 AS "chunkStart", chunk
       FROM metrics.node_hour WHERE node_id = ANY($1::uuid[])`,
      [ids],
    ),
    samplePool().query<{ id: string }>("SELECT node_id AS id FROM metrics.node_silence WHERE node_id = ANY($1::uuid[])", [ids]),
  ]);
  return { nows: nows.rows, hours: hours.rows, silent: silent.rows.map(({ id }) => id) };
}

export type Hour = { id: string; at: number; last: Buffer; minute: number; ring: Buffer };

/** The sparklines of the whole list: one round trip, one row a node. Their newest minute may still be on its way. */
export async function readHours(): Promise<Hour[]> {
  const { rows } = await samplePool().query<Hour>({
    name: "sample-hours",
    text: `SELECT node_id AS id, extract(epoch FROM sampled_at)::float8 AS at, ring_minute AS minute, ring, last
           FROM metrics.node_now JOIN metrics.node_hour USING (node_id)`,
  });
  return rows;
}

export type Newest = { sampledAt: Date; codes: Uint16Array };

/** The newest codes of each metric, by node; of the named nodes, or of all. */
export async function readNewest(ids?: readonly string[]): Promise<Map<string, Newest>> {
  const { rows } = await samplePool().query<{ id: string; at: Date; last: Buffer }>(
    `SELECT node_id AS id, sampled_at AS at, last FROM metrics.node_now WHERE $1::uuid[] IS NULL OR node_id = ANY($1::uuid[])`,
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
