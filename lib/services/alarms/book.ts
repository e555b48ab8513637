/** Samples of many nodes, kept from round to round: each ten minutes are read from PostgreSQL once. Times in seconds since 1970. */
import { unpackSamples, type NodeSamples } from "../../domain/alarms/series";
import { Kept } from "../../domain/kept";
import { beginOf, FINEST } from "../../domain/levels";
import { samplePool } from "../metrics/pool";
import { readKept } from "../metrics/read";
import { slices, type OnDamage } from "./minutes";

type Chunk = NodeSamples["chunks"][number];
type Page = {
  /** Its chunks are here from this moment on. */
  since: number;
  chunks: Map<number, Chunk>;
  /** Where the ten minutes begin that were under way at the last look. */
  open: number;
  /** When its newest sample came; null: none ever did. */
  newest: number | null;
};

/** What looks back further reads minutes: every sample is kept for two days. */
export const FINE_SECONDS = 26 * 3600;
const NOTHING: readonly Chunk[] = [];

export class SampleBook {
  private pages = new Map<string, Page>();

  /**
   * Reads what is new. `wanted` has the nodes, each with the moment from which on its samples are needed; what is older is forgotten, and
   * so is a node that is not wanted any more. Bytes that are damaged are told by `onDamage`, and the node has no samples.
   */
  async read(wanted: ReadonlyMap<string, number>, onDamage: OnDamage): Promise<void> {
    for (const id of this.pages.keys()) if (!wanted.has(id)) this.pages.delete(id);
    for (const some of slices(wanted)) await this.readSome(some, onDamage);
  }

  private async readSome(wanted: ReadonlyMap<string, number>, onDamage: OnDamage): Promise<void> {
    const { nows, hours } = await readKept([...wanted.keys()]);
    const hourOf = new Map(hours.map((hour) => [hour.id, hour]));
    const now = new Map(
      nows.map((row) => [row.id, { row, open: this.unpacked(row.id, () => Kept.from(row, hourOf.get(row.id)).open(), onDamage) }]),
    );
    const missing: { id: string; from: number }[] = [];
    const pages = new Map<string, Page>();
    for (const [id, from] of wanted) {
      const since = beginOf(from, FINEST.chunk);
      const page = this.pages.get(id);
      const open = now.get(id)?.open?.start ?? 0;
      const reaches = page !== undefined && page.since <= since;
      if (!reaches) missing.push({ id, from: since });
      // What was under way may have got its last samples after the look; only its row has them all.
      else if (open > page.open) missing.push({ id, from: page.open });
      const chunks = reaches ? page.chunks : new Map<number, Chunk>();
      for (const start of chunks.keys()) if (start < since) chunks.delete(start);
      pages.set(id, { since, chunks, open, newest: now.get(id)?.row.sampledAt ?? null });
    }
    const rows = await rowsOf(missing);
    // Only now: what could not be read is asked for again in the next round.
    for (const [id, page] of pages) this.pages.set(id, page);
    for (const { id, ...row } of rows) {
      const chunk = this.unpacked(id, () => row, onDamage);
      if (chunk) this.pages.get(id)?.chunks.set(chunk.start, chunk);
      // Read again in the next round, which has to say so again.
      else this.pages.delete(id);
    }
    for (const [id, { open }] of now) if (open) this.pages.get(id)?.chunks.set(open.start, open);
  }

  private unpacked(id: string, packed: () => { start: number; data: Uint8Array }, onDamage: OnDamage): Chunk | null {
    try {
      return unpackSamples([packed()], FINEST).chunks[0] ?? null;
    } catch (error) {
      onDamage(id, error);
      return null;
    }
  }

  /** What there is of a node, and when its newest sample came. */
  of(nodeId: string): NodeSamples & { newest: number | null } {
    const page = this.pages.get(nodeId);
    return { level: FINEST, chunks: page ? [...page.chunks.values()] : NOTHING, newest: page?.newest ?? null };
  }
}

/** In one statement, whatever is missing of whom. */
async function rowsOf(missing: readonly { id: string; from: number }[]): Promise<{ id: string; start: number; data: Buffer }[]> {
  if (missing.length === 0) return [];
  const { rows } = await samplePool().query<{ id: string; start: number; data: Buffer }>(
    `SELECT s.node_id AS id, extract(epoch FROM s.start)::float8 AS start, s.data
     FROM unnest($1::uuid[], $2::float8[]) AS m (id, since)
     JOIN metrics.${FINEST.table} s ON s.node_id = m.id AND s.start >= to_timestamp(m.since)`,
    [missing.map(({ id }) => id), missing.map(({ from }) => from)],
  );
  return rows;
}
