/**
 * Every open wall of this web process. It listens to what browsers are told (lib/live.ts), keeps the rows, and once a second makes for
 * each link what its screens may see. A link that was revoked is seen at its event, and every few seconds in any case.
 */
import { setImmediate } from "node:timers/promises";
import type { Isolation } from "./domain/fencing";
import { liveHub, type LiveListener } from "./live";
import { log } from "./log";
import { regionReadiness } from "./maintenance-readiness";
import { readIsolation } from "./services/fencing/isolation";
import type { RegionLook } from "./services/maintenance/readiness";
import { consoleRegion } from "./services/nodes/console-region";
import { nodeRows, type NodeRow } from "./services/nodes/read";
import { NEW_SECONDS, rungAlarms, type Rung } from "./services/wall/alarms";
import { holdingWallLinks, type WallLink } from "./services/wall/open";
import { WallFeed, type WallScreen } from "./wall-feed";
import { WallRegion } from "./wall-region";

const TICK_MS = 1000;
/** A screen of a revoked link has to be dark within 5 s, also when the event was not heard. */
const CHECK_MS = 2000;
const BEAT_MS = 5000;

/** Of one link in one process: a link that leaks must not fill it. */
export const MOST_SCREENS = 200;

type Patch = { nodes: NodeRow[]; gone: string[]; alarms: string[]; events: boolean; isolation?: Isolation | null };

class WallHub {
  private feeds = new Map<string, WallFeed>();
  private region = new WallRegion();
  private about: Awaited<ReturnType<typeof consoleRegion>> | null = null;
  private isolation: Isolation | null = null;
  /** Told while it was read, and so the newer of the two. */
  private heardIsolation = false;
  private unread = true;
  /** Alarms that have changed, and when each that rang did so. */
  private alarms = new Set<string>();
  private rang = new Map<string, number>();
  private checkAt = 0;
  private beatAt = 0;
  private leave: (() => void) | null = null;
  private timer: NodeJS.Timeout | undefined;
  private working = false;

  hasRoom = ({ id }: WallLink): boolean => (this.feeds.get(id)?.screens.size ?? 0) < MOST_SCREENS;

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
    this.alarms.clear();
    this.rang.clear();
  }

  private close = (): void => {
    for (const feed of this.feeds.values()) for (const screen of feed.screens) screen.close();
  };

  private hear: LiveListener["send"] = (event, data) => {
    if (event === "samples") this.region.sample(data);
    else if (event === "resync") this.unread = true;
    else if (event === "patch") {
      const patch = JSON.parse(data) as Patch; // our own text, see lib/live.ts
      this.region.change(patch);
      if (patch.isolation !== undefined) [this.isolation, this.heardIsolation] = [patch.isolation, true];
      for (const id of patch.alarms) this.alarms.add(id);
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
    const { region } = this;
    if (now - this.beatAt >= BEAT_MS) {
      this.beatAt = now;
      for (const feed of this.feeds.values()) feed.tell({ type: "beat", at: now });
    }
    if (now - this.checkAt >= CHECK_MS) {
      this.checkAt = now;
      await this.check();
    }
    // All screens went meanwhile, and others came: nothing of this is theirs.
    if (region !== this.region) return;
    if (this.unread) await this.read(region);
    const rung = await this.newlyRung(now);
    if (!this.about || region !== this.region) return;
    const asked = [...this.feeds.values()].some(({ showsReadiness }) => showsReadiness);
    const readiness = asked ? await readinessOfNodes() : null;
    if (region !== this.region) return;
    const rows = region.rows();
    const told = { region: this.about.name, isolation: this.isolation, rows, rung, baseOf: region.baseOf, now: new Date(now) };
    const moment = { ...told, news: region.takeNews(), readinessOf: (id: string) => readiness?.get(id)?.id ?? ("unknown" as const) };
    for (const feed of this.feeds.values()) {
      feed.update(moment);
      // A hundred links to three thousand nodes take a third of a second: others must not wait for the last of them.
      await setImmediate();
    }
  }

  private async read(region: WallRegion): Promise<void> {
    [this.unread, this.heardIsolation] = [false, false];
    const [about, isolation] = await Promise.all([consoleRegion(), readIsolation(), region.read(nodeRows)]);
    this.about = about;
    if (!this.heardIsolation) this.isolation = isolation;
  }

  private async newlyRung(now: number): Promise<Rung[]> {
    if (!this.alarms.size) return [];
    const ids = [...this.alarms];
    this.alarms.clear();
    const found = await rungAlarms(ids).catch((error: unknown) => {
      for (const id of ids) this.alarms.add(id); // they ring when PostgreSQL answers again
      throw error;
    });
    const rung = found.filter(({ key }) => !this.rang.has(key));
    for (const [key, at] of this.rang) if (now - at > 2 * NEW_SECONDS * 1000) this.rang.delete(key);
    for (const { key } of rung) this.rang.set(key, now);
    return rung;
  }

  private async check(): Promise<void> {
    // Of those that come while it is asked nothing is known yet.
    const asked = [...this.feeds];
    const holding = await holdingWallLinks(asked.map(([id]) => id));
    for (const [id, feed] of asked) {
      const mayBeShown = holding.get(id);
      if (!mayBeShown) feed.tell({ type: "revoked" });
      // One that is not allowed where it is asks again, and is told why.
      for (const screen of feed.screens) if (!mayBeShown?.(screen.from)) screen.close();
    }
  }
}

/** null: it can not be said now. A wall that shows something else goes on meanwhile. */
const readinessOfNodes = (): Promise<RegionLook["readiness"] | null> =>
  regionReadiness().then(
    ({ readiness }) => readiness,
    (error: unknown) => {
      log.warn({ error: error instanceof Error ? error.message : String(error) }, "walls could not be told what can be taken out");
      return null;
    },
  );

// Next evaluates modules more than once in one process; the hub must be one.
const shared = globalThis as typeof globalThis & { regentWall?: WallHub };
export const wallHub = (): WallHub => (shared.regentWall ??= new WallHub());
