/** The region's rows as a web process keeps them while a wall is open: read once, then kept true by what every browser is told. */
import { readNews, type SampleNews } from "./domain/sample-wire";
import { metricsOf, type NodeMetrics } from "./domain/trends";
import { compareNames } from "./domain/units";
import type { NodeRow } from "./services/nodes/read";

/** `base` is the row as it was last read: as long as it is the same object, nothing but measurements has changed. */
type Known = { base: NodeRow; row: NodeRow };
type Change = { nodes: NodeRow[]; gone: string[] };

export class WallRegion {
  private known = new Map<string, Known>();
  /** Their ids by name; null: it has to be made anew. To compare names costs more than all else that is done each second. */
  private order: string[] | null = null;
  /** Changes that came while the rows were read: they may be newer than what is read. */
  private waiting: Change[] | null = null;
  private news = new Map<string, SampleNews>();

  async read(readRows: () => Promise<NodeRow[]>): Promise<void> {
    this.waiting = [];
    try {
      const rows = await readRows();
      const before = this.known;
      this.order = null;
      this.known = new Map(rows.map((row) => [row.id, { base: row, row: measuredLast(row, before.get(row.id)?.row.metrics ?? null) }]));
    } finally {
      const missed = this.waiting ?? [];
      this.waiting = null;
      for (const change of missed) this.change(change);
    }
  }

  change({ nodes, gone }: Change): void {
    this.waiting?.push({ nodes, gone });
    for (const row of nodes) {
      const had = this.known.get(row.id);
      if (had?.base.name !== row.name) this.order = null;
      if (!had || row.version >= had.base.version) this.known.set(row.id, { base: row, row: measuredLast(row, had?.row.metrics ?? null) });
    }
    if (gone.length) this.order = null;
    for (const id of gone) this.known.delete(id);
  }

  /** `samples` as browsers hear them: base64. */
  sample(samples: string): void {
    for (const one of readNews(Buffer.from(samples, "base64"))) {
      const had = this.known.get(one.id);
      if (!had) continue;
      had.row = { ...had.row, metrics: metricsOf(one.last, one.at) };
      this.news.set(one.id, one);
    }
  }

  /** By name. */
  rows(): NodeRow[] {
    this.order ??= Array.from(this.known.values(), ({ row }) => row)
      .sort((a, b) => compareNames(a.name, b.name))
      .map(({ id }) => id);
    return this.order.flatMap((id) => this.known.get(id)?.row ?? []);
  }

  baseOf = (id: string): NodeRow | undefined => this.known.get(id)?.base;

  /** What was measured since this was last asked, the newest of each node. */
  takeNews(): SampleNews[] {
    const news = [...this.news.values()];
    this.news.clear();
    return news;
  }
}

const measuredLast = (row: NodeRow, metrics: NodeMetrics | null): NodeRow =>
  metrics && (!row.metrics || metrics.sampledAt > row.metrics.sampledAt) ? { ...row, metrics } : row;
