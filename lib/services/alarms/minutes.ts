/** Minutes of nodes, for what looks back further than every sample is kept. Times in seconds since 1970. */
import { unpackSamples, type NodeSamples } from "../../domain/alarms/series";
import { Kept } from "../../domain/kept";
import { beginOf, FINEST, LEVELS } from "../../domain/levels";
import { rollUp, type Chunk } from "../../domain/rollup";
import { samplePool } from "../metrics/pool";
import { readKept } from "../metrics/read";

export const [, MINUTES] = LEVELS;
type Row = Chunk & { id: string };
type Page = { since: number; until: number; chunks: Map<number, NodeSamples["chunks"][number]>; newest: number | null };
/** What is told of bytes that can not be read. */
export type OnDamage = (nodeId: string, error: unknown) => void;

/** The hours that no roll-up has made yet, from the samples that lie in them. */
export function minutesOf(samples: readonly Chunk[]): Chunk[] {
  const hours = new Set(samples.map(({ start }) => beginOf(start, MINUTES.chunk)));
  return [...hours].flatMap((start) => {
    const own = samples.filter((chunk) => beginOf(chunk.start, MINUTES.chunk) === start);
    const data = rollUp(own, FINEST, MINUTES, start);
    return data ? [{ start, data }] : [];
  });
}

/** From round to round only the hours that are new are read, and the samples of the hour that is under way. */
export class MinuteBook {
  private pages = new Map<string, Page>();

  async read(wanted: ReadonlyMap<string, number>, onDamage: OnDamage): Promise<void> {
    for (const id of this.pages.keys()) if (!wanted.has(id)) this.pages.delete(id);
    if (wanted.size === 0) return;
    const until = await rolledUntil();
    const missing = [...wanted].map(([id, from]) => {
      const since = beginOf(from, MINUTES.chunk);
      const page = this.pages.get(id);
      return { id, since, from: page && page.since <= since ? page.until : since };
    });
    const [hours, samples, { nows, hours: rings }] = await Promise.all([
      rowsOf(MINUTES.table, missing),
      rowsOf(
        FINEST.table,
        missing.map(({ id }) => ({ id, from: until })),
      ),
      readKept([...wanted.keys()]),
    ]);
    const ringOf = new Map(rings.map((ring) => [ring.id, ring]));
    const newest = new Map(nows.map((now) => [now.id, now]));
    for (const { id, since, from } of missing) {
      const page = this.pages.get(id);
      const chunks = page && from === page.until ? page.chunks : new Map<number, NodeSamples["chunks"][number]>();
      for (const start of chunks.keys()) if (start < since || start >= from) chunks.delete(start);
      const now = newest.get(id);
      try {
        const open = now ? [Kept.from(now, ringOf.get(id)).open()] : [];
        const fine = [
          ...samples.filter((row) => row.id === id && row.start !== open[0]?.start),
          ...open.filter(({ start }) => start >= until),
        ];
        const rows = [...hours.filter((row) => row.id === id && row.start < until), ...minutesOf(fine)];
        for (const chunk of unpackSamples(rows, MINUTES).chunks) chunks.set(chunk.start, chunk);
      } catch (error) {
        onDamage(id, error);
      }
      this.pages.set(id, { since, until, chunks, newest: now?.sampledAt ?? null });
    }
  }

  of(nodeId: string): NodeSamples & { newest: number | null } {
    const page = this.pages.get(nodeId);
    return { level: MINUTES, chunks: [...(page?.chunks.values() ?? [])], newest: page?.newest ?? null };
  }
}

/** Up to here the hours are made. */
async function rolledUntil(): Promise<number> {
  const { rows } = await samplePool().query<{ until: number }>(
    "SELECT extract(epoch FROM until)::float8 AS until FROM metrics.sample_progress WHERE level = $1",
    [MINUTES.table],
  );
  return rows[0]?.until ?? 0;
}

async function rowsOf(table: string, missing: readonly { id: string; from: number }[]): Promise<Row[]> {
  const { rows } = await samplePool().query<Row>(
    `SELECT s.node_id AS id, extract(epoch FROM s.start)::float8 AS start, s.data
     FROM unnest($1::uuid[], $2::float8[]) AS m (id, since) JOIN metrics.${table} s ON s.node_id = m.id AND s.start >= to_timestamp(m.since)`,
    [missing.map(({ id }) => id), missing.map(({ from }) => from)],
  );
  return rows;
}
