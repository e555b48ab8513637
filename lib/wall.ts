/**
 * Every open wall of this web process. It listens to what browsers are told (lib/live.ts), keeps the rows, and once a second makes for
 * each link what its screens may see. A link that was revoked is seen at its event, and every few seconds in any case.
 */
import { regionFacts } from "./domain/lifecycle";
import { readinessOf } from "./domain/readiness";
import { liveHub, type LiveListener } from "./live";
import { log } from "./log";
import { consoleRegion } from "./services/nodes/console-region";
import { nodeRows, type NodeRow } from "./services/nodes/read";
import { holdingWallLinks, type WallLink } from "./services/wall/open";
import { byName, WallFeed, type WallScreen } from "./wall-feed";
import { WallRegion } from "./wall-region";

const TICK_MS = 1000;
/** A screen of a revoked link has to be dark within 5 s, also when the event was not heard. */
const CHECK_MS = 2000;
const BEAT_MS = 5000;

class WallHub {
  private feeds = new Map<string, WallFeed>();
  private region = new WallRegion();
  private about: Awaited<ReturnType<typeof consoleRegion>> | null = null;
  private unread = true;
  private checkAt = 0;
  private beatAt = 0;
  private leave: (() => void) | null = null;
  private timer: NodeJS.Timeout | undefined;
  private working = false;

  /** Shows a link on a screen; returns how to take it off. */
  add({ id, address }: WallLink, screen: WallScreen): () => void {
    const feed = this.feeds.get(id) ?? new WallFeed(address);
    this.feeds.set(id, feed);
    feed.add(screen);
    if (!this.leave) this.begin();
    return () => {
      feed.remove(screen);
      if (!feed.screens.size && this.feeds.get(id) === feed) this.feeds.delete(id);
      if (!this.feeds.size) this.end();
    };
  }

  private begin(): void {
    this.unread = true;
    this.timer = setInterval(() => void this.tick(), TICK_MS);
    void this.tick();
    // The hub may be closed already, and then says so at once.
    this.leave = () => undefined;
    this.leave = liveHub().add({ send: this.hear, close: this.close });
  }

  private end(): void {
    clearInterval(this.timer);
    this.leave?.();
    this.leave = null;
    this.region = new WallRegion();
  }

  private close = (): void => {
    for (const feed of this.feeds.values()) for (const screen of feed.screens) screen.close();
  };

  private hear: LiveListener["send"] = (event, data) => {
    if (event === "samples") this.region.sample(data);
    else if (event === "resync") this.unread = true;
    else if (event === "patch") {
      const patch = JSON.parse(data) as { nodes: NodeRow[]; gone: string[]; events: boolean }; // our own text, see lib/live.ts
      this.region.change(patch);
      if (patch.events) this.checkAt = 0;
    }
  };

  private async tick(): Promise<void> {
    // One after the other; whoever came meanwhile is shown at the next.
    if (this.working) return;
    this.working = true;
    try {
      await this.work(Date.now());
    } catch (error) {
      // The screens keep their picture, and say how old it is.
      log.warn({ error: error instanceof Error ? error.message : String(error) }, "walls could not be told");
      this.unread = true;
    } finally {
      this.working = false;
    }
  }

  private async work(now: number): Promise<void> {
    if (now - this.beatAt >= BEAT_MS) {
      this.beatAt = now;
      for (const feed of this.feeds.values()) feed.tell({ type: "beat", at: now });
    }
    if (now - this.checkAt >= CHECK_MS) {
      this.checkAt = now;
      await this.check();
    }
    if (this.unread) {
      this.unread = false;
      await Promise.all([this.region.read(nodeRows), consoleRegion().then((about) => (this.about = about))]);
    }
    if (!this.about) return;
    const rows = byName(this.region.rows());
    const moment = { now: new Date(now), settings: this.about.settings, region: regionFacts(rows) };
    const { name } = this.about;
    const [news, judge] = [this.region.takeNews(), readinessOf(rows, moment)];
    for (const feed of this.feeds.values()) feed.update({ region: name, rows, baseOf: this.region.baseOf, news, judge, now: moment.now });
  }

  private async check(): Promise<void> {
    const holding = await holdingWallLinks([...this.feeds.keys()]);
    for (const [id, feed] of this.feeds) {
      if (holding.has(id)) continue;
      feed.tell({ type: "revoked" });
      for (const screen of feed.screens) screen.close();
    }
  }
}

// Next evaluates modules more than once in one process; the hub must be one.
const shared = globalThis as typeof globalThis & { regentWall?: WallHub };
export const wallHub = (): WallHub => (shared.regentWall ??= new WallHub());
