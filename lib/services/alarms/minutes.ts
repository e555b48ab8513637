/** Minutes of nodes, for what looks back further than every sample is kept. Times in seconds since 1970. */
import { unpackSamples, type NodeSamples } from "../../domain/alarms/series";
import { Kept } from "../../domain/kept";
import { beginOf, FINEST, LEVELS } from "../../domain/levels";
import { coarser, type Chunk } from "../../domain/rollup";
import { samplePool } from "../metrics/pool";
import { readKept } from "../metrics/read";

export const [, MINUTES] = LEVELS;
type Row = Chunk & { id: string };
type Chunks = Map<number, NodeSamples["chunks"][number]>;
type Page = {
  since: number;
  /** Up to here the hours were made when they were read. */
  until: number;
  hours: Chunks;
  /** The minutes that no roll-up has made yet, ten of them together: each is made of its samples once. */
  tens: Chunks;
  /** Where the ten minutes begin that were under way at the last look. */
  open: number;
  newest: number | null;
};
/** What is told of bytes that can not be read. */
export type OnDamage = (nodeId: string, error: unknown) => void;

/** A day of samples of so many nodes is read well within a statement's time; what was read before one that is not stays read. */
const AT_ONCE = 500;

export function slices(wanted: ReadonlyMap<string, number>): Map<string, number>[] {
  const all = [...wanted];
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, slice) => new Map(all.slice(slice * AT_ONCE, (slice + 1) * AT_ONCE)));
}

/** The minutes of ten minutes of samples; none when they hold nothing. */
function minutesOf(chunk: Chunk): NodeSamples["chunks"][number][] {
  const series = coarser([chunk], FINEST, MINUTES, chunk.start, FINEST.chunk / MINUTES.step);
  return series ? [{ start: chunk.start, series }] : [];
}

/** From round to round only the hours and the samples that are new are read. */
export class MinuteBook {
  private pages = new Map<string, Page>();

  async read(wanted: ReadonlyMap<string, number>, onDamage: OnDamage): Promise<void> {
    for (const id of this.pages.keys()) if (!wanted.has(id)) this.pages.delete(id);
    if (wanted.size === 0) return;
    const until = await rolledUntil();
    for (const some of slices(wanted)) await this.readSome(some, until, onDamage);
  }

  private async readSome(wanted: ReadonlyMap<string, number>, until: number, onDamage: OnDamage): Promise<void> {
    const { nows, hours: rings } = await readKept([...wanted.keys()]);
    const pages = new Map([...wanted].map(([id, from]) => [id, this.turned(id, beginOf(from, MINUTES.chunk), until)] as const));
    const [hours, samples] = await Promise.all([
      rowsOf(
        MINUTES.table,
        [...pages].flatMap(([id, { until: from }]) => (from < until ? { id, from } : [])),
      ),
      rowsOf(
        FINEST.table,
        // What was under way may have got its last samples after the look; only its row has them all.
        [...pages].map(([id, { open, since }]) => ({ id, from: Math.max(until, open, since) })),
      ),
    ]);
    const [hoursOf, samplesOf] = [byNode(hours), byNode(samples)];
    const [ringOf, nowOf] = [new Map(rings.map((ring) => [ring.id, ring])), new Map(nows.map((now) => [now.id, now]))];
    for (const [id, page] of pages) {
      const now = nowOf.get(id);
      try {
        const open = now && Kept.from(now, ringOf.get(id)).open();
        for (const chunk of unpackSamples(
          (hoursOf.get(id) ?? []).filter(({ start }) => start < until),
          MINUTES,
        ).chunks)
          page.hours.set(chunk.start, chunk);
        const fine = [
          ...(samplesOf.get(id) ?? []).filter(({ start }) => start !== open?.start),
          ...(open && open.start >= until ? [open] : []),
        ];
        for (const chunk of fine.flatMap(minutesOf)) page.tens.set(chunk.start, chunk);
        this.pages.set(id, { ...page, until, open: open?.start ?? 0, newest: now?.sampledAt ?? null });
      } catch (error) {
        onDamage(id, error);
        // Read again in the next round, which has to say so again.
        this.pages.delete(id);
      }
    }
  }

  /** What is known already of a node, without what is too old, and without the minutes whose hours are made by now. */
  private turned(id: string, since: number, until: number): Page {
    const known = this.pages.get(id);
    if (!known || known.since > since || known.until > until)
      return { since, until: since, hours: new Map(), tens: new Map(), open: 0, newest: null };
    for (const start of known.hours.keys()) if (start < since) known.hours.delete(start);
    for (const start of known.tens.keys()) if (start < Math.max(since, until)) known.tens.delete(start);
    return { ...known, since };
  }

  of(nodeId: string): NodeSamples & { newest: number | null } {
    const page = this.pages.get(nodeId);
    return { level: MINUTES, chunks: page ? [...page.hours.values(), ...page.tens.values()] : [], newest: page?.newest ?? null };
  }
}

function byNode(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.id);
    if (group) group.push(row);
    else groups.set(row.id, [row]);
  }
  return groups;
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
