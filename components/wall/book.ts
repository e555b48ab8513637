import type { ReadinessId } from "@/lib/domain/readiness";
import type { RowFacts } from "@/lib/domain/row-facts";
import { readNews } from "@/lib/domain/sample-wire";
import type { NodeStatus } from "@/lib/domain/status";
import { metricsOf } from "@/lib/domain/trends";
import { compareNames } from "@/lib/domain/units";
import type { WallRow } from "@/lib/domain/wall-row";
import type { WallMessage, WallView } from "@/lib/domain/wall-wire";

/** A node on the wall, in the shape that the heatmap's rules ask; what a wall may not know is empty. */
export type WallCell = RowFacts & { id: string; statusSince: string; reason: string | null; readiness: ReadinessId | null };

const UNTOLD = {
  ip: "",
  role: "Worker",
  candidate: false,
  vmMemoryTotalBytes: null,
  vmMemoryAvailableBytes: null,
  bootedAt: null,
  inspectedAt: null,
  hostKeyChanged: false,
  macs: [],
  operation: null,
} as const satisfies Partial<RowFacts>;

const ALARMING: readonly NodeStatus[] = ["Failed", "Fenced"];
/** Those that Regent measures: of the others, old values are no news. */
const MEASURED: readonly NodeStatus[] = ["Active", "EnteringMaintenance", "Unfencing"];

export type News = { /** A node's state is another. */ changed: boolean; /** A node failed or was fenced just now. */ alarm: boolean };
const NOTHING: News = { changed: false, alarm: false };

/** What the stream has told: as many entries as the view has nodes, however long it tells. */
export class WallBook {
  view: WallView | null = null;
  private cells = new Map<string, WallCell>();
  private listed: readonly WallCell[] | null = null;

  take(message: WallMessage): News {
    if (message.type === "samples") return this.sample(message.samples);
    if (message.type === "view") {
      const first = this.view === null;
      const { region, view, isolation, rows } = message;
      this.view = { region, view, isolation };
      const known = new Set(rows.map(({ id }) => id));
      const news = this.write(
        rows,
        [...this.cells.keys()].filter((id) => !known.has(id)),
      );
      return first ? NOTHING : news;
    }
    if (message.type === "isolation" && this.view) this.view = { ...this.view, isolation: message.isolation };
    return message.type === "rows" ? this.write(message.changed, message.gone) : NOTHING;
  }

  /** By name. Another array only when something has changed. */
  rows(): readonly WallCell[] {
    return (this.listed ??= [...this.cells.values()]);
  }

  /**
   * When the newest value was measured, ms since 1970, of the nodes that should be; null: none ever was. "none": no such node is shown, so
   * that only what the stream tells can be old.
   */
  measuredAt(): number | null | "none" {
    let [newest, due] = ["", this.cells.size === 0];
    for (const { status, metrics } of this.cells.values()) {
      if (!MEASURED.includes(status)) continue;
      due = true;
      if (metrics && metrics.sampledAt > newest) newest = metrics.sampledAt;
    }
    return newest ? Date.parse(newest) : due ? null : "none";
  }

  private write(rows: readonly WallRow[], gone: readonly string[]): News {
    let [changed, alarm, sorted] = [gone.length > 0, false, true];
    for (const id of gone) this.cells.delete(id);
    for (const row of rows) {
      const before = this.cells.get(row.id);
      if (before?.status !== row.status) {
        changed = true;
        alarm ||= ALARMING.includes(row.status);
      }
      sorted &&= before?.name === row.name;
      this.cells.set(row.id, { ...UNTOLD, ...row, metrics: newest(before?.metrics, row.metrics) });
    }
    if (!sorted) this.cells = new Map([...this.cells].sort(([, a], [, b]) => compareNames(a.name, b.name)));
    this.listed = null;
    return { changed, alarm };
  }

  private sample(samples: string): News {
    for (const { id, at, last } of readNews(Uint8Array.from(atob(samples), (character) => character.charCodeAt(0)))) {
      const cell = this.cells.get(id);
      if (cell) this.cells.set(id, { ...cell, metrics: metricsOf(last, at) });
    }
    this.listed = null;
    return NOTHING;
  }
}

const newest = (known: RowFacts["metrics"] | undefined, told: RowFacts["metrics"]): RowFacts["metrics"] =>
  known && (!told || known.sampledAt > told.sampledAt) ? known : told;
