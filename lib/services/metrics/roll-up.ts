/** Makes the coarser levels from the finer ones, a chunk after the other, for all nodes. Whoever comes first does it; done twice is done once. */
import { Kept } from "../../domain/kept";
import { beginOf, FINEST, LEVELS, type Level } from "../../domain/levels";
import { readChunk, rollUp, type Chunk } from "../../domain/rollup";
import { writeMedian } from "./median";
import { samplePool } from "./pool";
import { readKept } from "./read";
import { readable } from "./readable";
import { writeRows, type Row } from "./write";

/** A chunk's samples may still be on their way for so long after its end. */
const GRACE_SECONDS = 60;
const NODES_AT_ONCE = 100;
const LOCK = "regent-roll-up";

/** All that can be made by `now`, seconds since 1970. One worker at a time; another finds nothing to do and returns. */
export async function rollUpAll(now: number): Promise<void> {
  const client = await samplePool().connect();
  try {
    const { rows } = await client.query<{ mine: boolean }>("SELECT pg_try_advisory_lock(hashtext($1)) AS mine", [LOCK]);
    if (!rows[0]?.mine) return;
    try {
      await closeChunks(now);
      for (const [index, level] of LEVELS.entries()) {
        const finer = LEVELS[index - 1];
        if (finer) await rollUpLevel(finer, level, now);
      }
    } finally {
      await client.query("SELECT pg_advisory_unlock(hashtext($1))", [LOCK]);
    }
  } finally {
    client.release();
  }
}

/** A node that fell silent in the middle of a chunk leaves it, and the samples since, in its rows. */
async function closeChunks(now: number): Promise<void> {
  const before = beginOf(now - GRACE_SECONDS, FINEST.chunk);
  const { rows } = await samplePool().query<{ id: string }>(
    // However long no worker ran: all that is not rolled up yet. What is older has its row, or had one until its time was over.
    `SELECT node_id AS id FROM metrics.node_hour h WHERE chunk_start < to_timestamp($1) AND chunk_start >= least(
       to_timestamp($1) - interval '1 hour', coalesce((SELECT min(until) FROM metrics.sample_progress WHERE level = '${LEVELS[1].table}'), '-infinity'))
     AND NOT EXISTS (SELECT 1 FROM metrics.sample_10s s WHERE s.node_id = h.node_id AND s.start = h.chunk_start)`,
    [before],
  );
  if (rows.length === 0) return;
  const { nows, hours } = await readKept(rows.map(({ id }) => id));
  const hourOf = new Map(hours.map((hour) => [hour.id, hour]));
  const open = nows.flatMap(
    (node): Row[] => readable(node.id, () => [{ id: node.id, ...Kept.from(node, hourOf.get(node.id)).open() }]) ?? [],
  );
  await writeRows(
    FINEST,
    open.filter(({ start }) => start > 0 && start < before),
  );
}

async function rollUpLevel(finer: Level, level: Level, now: number): Promise<void> {
  const { rows } = await samplePool().query<{ until: number | null }>(
    `SELECT coalesce((SELECT extract(epoch FROM until) FROM metrics.sample_progress WHERE level = $1),
                     (SELECT extract(epoch FROM min(start)) FROM metrics.${finer.table}))::float8 AS until`,
    [level.table],
  );
  const known = rows[0]?.until;
  if (known === null || known === undefined) return;
  // A time that has not come yet was made by a clock that was set back since: it comes again, with other samples.
  if (known > now) return rollUpAgainFrom(Math.floor(now), level);
  let until = known;
  for (let start = beginOf(known, level.chunk); start + level.chunk <= now - GRACE_SECONDS; start += level.chunk) {
    await rollUpChunk(finer, level, start);
    // Coarser levels are made of these medians, as of any node's row.
    if (finer === FINEST) await writeMedian(level, start);
    // Unless somebody has asked meanwhile for an earlier time to be made anew: then the next round begins there.
    const { rowCount } = await samplePool().query(
      `INSERT INTO metrics.sample_progress VALUES ($1, to_timestamp($2))
       ON CONFLICT (level) DO UPDATE SET until = excluded.until WHERE sample_progress.until = to_timestamp($3)`,
      [level.table, start + level.chunk, until],
    );
    if (rowCount === 0) return;
    until = start + level.chunk;
  }
}

async function rollUpChunk(finer: Level, level: Level, start: number): Promise<void> {
  const span = [start, start + level.chunk];
  const { rows: nodes } = await samplePool().query<{ id: string }>(
    `SELECT DISTINCT node_id AS id FROM metrics.${finer.table} WHERE start >= to_timestamp($1) AND start < to_timestamp($2)`,
    span,
  );
  for (let first = 0; first < nodes.length; first += NODES_AT_ONCE) {
    const ids = nodes.slice(first, first + NODES_AT_ONCE).map(({ id }) => id);
    const { rows } = await samplePool().query<{ id: string; start: number; data: Buffer }>(
      `SELECT node_id AS id, extract(epoch FROM start)::float8 AS start, data FROM metrics.${finer.table}
       WHERE node_id = ANY($1::uuid[]) AND start >= to_timestamp($2) AND start < to_timestamp($3)`,
      [ids, ...span],
    );
    const byNode = new Map<string, Chunk[]>(ids.map((id) => [id, []]));
    for (const row of rows) byNode.get(row.id)?.push(row);
    const made = [...byNode].flatMap(([id, chunks]): Row[] => {
      const make = (of: readonly Chunk[]) => readable(id, () => rollUp(of, finer, level, start));
      const data = make(chunks) ?? make(chunks.filter((chunk) => readable(id, () => readChunk(chunk, finer)) !== null));
      return data ? [{ id, start, data }] : [];
    });
    await writeRows(level, made);
  }
}

/** What was made of a time whose samples came only now (PostgreSQL was away) is made anew, in all levels or in one. Seconds since 1970. */
export async function rollUpAgainFrom(start: number, only?: Level): Promise<void> {
  await samplePool().query(
    "UPDATE metrics.sample_progress SET until = to_timestamp($1) WHERE until > to_timestamp($1) AND level = coalesce($2, level)",
    [start, only?.table ?? null],
  );
}
