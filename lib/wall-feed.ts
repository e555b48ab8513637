/** What the screens of one link are told, made once for all of them. */
import type { Isolation } from "./domain/fencing";
import { parseAddress, type ListAddress } from "./domain/list-address";
import { shownRows } from "./domain/node-filter";
import type { ReadinessId } from "./domain/readiness";
import { writeNews, type SampleNews } from "./domain/sample-wire";
import { COLOR_OF_ALARM } from "./domain/wall-alarms";
import { wallRow, type WallRow } from "./domain/wall-row";
import type { WallMessage, WallView } from "./domain/wall-wire";
import type { NodeRow } from "./services/nodes/read";
import type { Rung } from "./services/wall/alarms";

/** `from` is its address. */
export type WallScreen = { from: string; send: (event: string, data: string) => void; close: () => void };

export type Moment = {
  region: string;
  isolation: Isolation | null;
  /** Alarms that have begun to ring. */
  rung: readonly Rung[];
  /** By name. */
  rows: readonly NodeRow[];
  baseOf: (id: string) => NodeRow | undefined;
  news: readonly SampleNews[];
  readinessOf: (id: string) => ReadinessId;
  now: Date;
};

type Sent = { base: NodeRow | undefined; readiness: ReadinessId | null };

export class WallFeed {
  readonly screens = new Set<WallScreen>();
  /** Screens that have seen nothing yet. */
  private fresh = new Set<WallScreen>();
  private readonly address: ListAddress;
  private sent = new Map<string, Sent>();
  private isolation: Isolation | null = null;

  constructor(address: string) {
    this.address = parseAddress(new URLSearchParams(address));
  }

  add(screen: WallScreen): void {
    this.screens.add(screen);
    this.fresh.add(screen);
  }

  remove(screen: WallScreen): void {
    this.screens.delete(screen);
    this.fresh.delete(screen);
  }

  tell(message: WallMessage, to: Iterable<WallScreen> = this.screens): void {
    const { type, ...data } = message;
    const text = JSON.stringify(data);
    for (const screen of to) screen.send(type, text);
  }

  /** The view to those who have seen nothing; to the others what has changed of it. What was measured goes to nobody but the view's nodes. */
  update(moment: Moment): void {
    const shown = shownRows(moment.rows, this.address, moment.now).rows;
    const rows = new Map(shown.map((row) => [row.id, row]));
    const changed = this.note(shown, moment);
    const gone = [...this.sent.keys()].filter((id) => !rows.has(id));
    for (const id of gone) this.sent.delete(id);
    const old = [...this.screens].filter((screen) => !this.fresh.has(screen));
    if (changed.length || gone.length) this.tell({ type: "rows", changed: changed.map((row) => this.strip(row, moment)), gone }, old);
    const news = moment.news.filter(({ id }) => rows.has(id));
    if (news.length) this.tell({ type: "samples", samples: Buffer.from(writeNews(news)).toString("base64") }, old);
    this.tellOfRegion(moment, rows, old);
    if (this.fresh.size) this.tell({ type: "view", ...this.view(moment), rows: shown.map((row) => this.strip(row, moment)) }, this.fresh);
    this.fresh.clear();
  }

  /** Alarms of other nodes than the view's ring elsewhere. */
  private tellOfRegion({ isolation, rung }: Moment, rows: ReadonlyMap<string, NodeRow>, to: readonly WallScreen[]): void {
    if (isolation?.silent !== this.isolation?.silent || isolation?.total !== this.isolation?.total)
      this.tell({ type: "isolation", isolation }, to);
    this.isolation = isolation;
    const here = rung.filter(({ nodeId }) => nodeId === null || rows.has(nodeId));
    const colors = here.map(({ metric }) => COLOR_OF_ALARM[metric] ?? null);
    if (here.length) this.tell({ type: "alarm", color: colors.find((color) => color !== null) ?? null }, to);
  }

  private view({ region, isolation }: Moment): WallView {
    const { group, color, label, scale, range, only } = this.address;
    return { region, view: { group, color, label, scale, range, only }, isolation };
  }

  private strip(row: NodeRow, moment: Moment): WallRow {
    return wallRow(row, this.address.group, this.readinessOf(row, moment));
  }

  get showsReadiness(): boolean {
    return this.address.color === "readiness";
  }

  private readinessOf({ id }: NodeRow, moment: Moment): ReadinessId | null {
    return this.showsReadiness ? moment.readinessOf(id) : null;
  }

  /** Those that are not as they were last told. */
  private note(shown: readonly NodeRow[], moment: Moment): NodeRow[] {
    return shown.filter((row) => {
      const before = this.sent.get(row.id);
      const now = { base: moment.baseOf(row.id), readiness: this.readinessOf(row, moment) };
      this.sent.set(row.id, now);
      return !before || before.base !== now.base || before.readiness !== now.readiness;
    });
  }
}
