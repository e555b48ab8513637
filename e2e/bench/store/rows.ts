/** The other side in the same PostgreSQL: one plain row for a sample, a column for each value. */
import { METRIC_IDS, TREND_IDS } from "@/lib/domain/metrics";
import { samplePool } from "@/lib/services/metrics/pool";
import type { Slot } from "../busy";

const named = (ids: readonly string[]): string => ids.map((id) => `"${id}"`).join(", ");

export async function empty(): Promise<void> {
  await samplePool().query(`
    CREATE SCHEMA IF NOT EXISTS bench;
    DROP TABLE IF EXISTS bench.sample;
    CREATE TABLE bench.sample (node_id uuid NOT NULL, at timestamptz NOT NULL, ${METRIC_IDS.map((id) => `"${id}" real`).join(", ")},
      PRIMARY KEY (node_id, at))`);
}

const INSERT = `INSERT INTO bench.sample (node_id, at, ${named(METRIC_IDS)})
  SELECT * FROM unnest($1::uuid[], $2::timestamptz[], ${METRIC_IDS.map((_, index) => `$${index + 3}::real[]`).join(", ")})`;

/** Each slot in one statement. */
export async function write(ids: readonly string[], slots: readonly Slot[]): Promise<void> {
  await empty();
  for (const { at, values } of slots) {
    const times = ids.map(() => new Date(at * 1000));
    const columns = METRIC_IDS.map((id) => values.map((of) => of[id]));
    await samplePool().query({ name: "write-rows", text: INSERT, values: [ids, times, ...columns] });
  }
}

export async function fill(ids: readonly string[], slots: readonly Slot[]): Promise<void> {
  await write(ids, slots);
  await samplePool().query("VACUUM ANALYZE bench.sample");
}

export async function sizeOf(): Promise<number> {
  const { rows } = await samplePool().query<{ bytes: string }>("SELECT pg_total_relation_size('bench.sample') AS bytes");
  return Number(rows[0]?.bytes);
}

/** The same hour of the same metrics for every node. */
export async function read(): Promise<{ nodes: number; points: number }> {
  const { rows, rowCount } = await samplePool().query<{ id: string }>({
    name: "rows-hours",
    text: `SELECT n.id, s.* FROM node n CROSS JOIN LATERAL (
             SELECT at, ${named(TREND_IDS)} FROM bench.sample WHERE node_id = n.id ORDER BY at DESC LIMIT 60) s`,
  });
  return { nodes: new Set(rows.map(({ id }) => id)).size, points: rowCount ?? 0 };
}
