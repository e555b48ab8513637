import type { WallOptions } from "@/lib/domain/wall-options";
import { isMirrored, nextTurn, orbitAt, reloadReason, STALE_MS, turnProgress, type Turn } from "@/lib/domain/wall-time";
import type { WallMessage, WallView } from "@/lib/domain/wall-wire";
import { WALL_REFUSALS } from "@/lib/messages/wall";
import { WallBook, type WallCell } from "./book";
import type { Clock } from "./clock";
import type { WallRefusal } from "./stream";

/** All that is drawn from. Times are ms since 1970 by the server's clock. */
export type WallMoment = WallView & {
  rows: readonly WallCell[];
  now: number;
  /** ms; how old the newest value is. null: nothing was ever measured. */
  age: number | null;
  /** Too old to be believed. */
  stale: boolean;
  /** Place in the colours of the rotation, and how much of its time has passed. */
  turn: number;
  progress: number | null;
  orbit: { x: number; y: number };
  mirrored: boolean;
};

type EngineOptions = {
  options: Pick<WallOptions, "rotate" | "every">;
  clock: Clock;
  onMoment: (moment: WallMoment) => void;
  onRefused: (refusal: WallRefusal) => void;
  reload: () => void;
  isVisible: () => boolean;
};

const TICK_MS = 1000;

/** What a wall knows and does between two pictures. It holds what the view has and a few numbers, so it can run for as long as the screen does. */
export class WallEngine {
  private readonly book = new WallBook();
  private turn: Turn;
  /** The server's clock, less this one's. */
  private offset = 0;
  private heardAt: number;
  private changedAt: number;
  private drawnAt: number;
  private build: string | null = null;
  private told: string | null = null;
  private alarm = false;
  private due = false;
  private over = false;
  private readonly stopTicking: () => void;

  constructor(private readonly asked: EngineOptions) {
    const now = asked.clock.now();
    this.heardAt = this.changedAt = this.drawnAt = now;
    this.turn = { index: 0, turnedAt: now, heldUntil: 0 };
    this.stopTicking = asked.clock.every(TICK_MS, () => this.tick());
  }

  receive(message: WallMessage): void {
    const now = this.asked.clock.now();
    this.heardAt = now;
    if (message.type === "revoked") return this.refuse(WALL_REFUSALS.revoked);
    if (message.type === "build") {
      this.build ??= message.build;
      this.told = message.build;
      return;
    }
    if (message.type === "beat") {
      this.offset = message.at - now;
      return;
    }
    const { changed, alarm } = this.book.take(message);
    if (changed) this.changedAt = now;
    this.alarm ||= alarm;
    this.draw();
  }

  refuse(refusal: WallRefusal): void {
    this.stop();
    this.asked.onRefused(refusal);
  }

  /** The picture of the last moment is on the screen. */
  drawn(): void {
    this.drawnAt = this.asked.clock.now();
  }

  stop(): void {
    this.over = true;
    this.stopTicking();
  }

  private tick(): void {
    const { clock, options, reload, isVisible } = this.asked;
    const now = clock.now();
    this.turn = nextTurn(this.turn, { now, alarm: this.alarm, count: options.rotate.length, every: options.every });
    this.alarm = false;
    const { build, told, changedAt, heardAt } = this;
    // Until there is something to draw, nothing is missing.
    if (!this.book.view) this.drawn();
    if (reloadReason({ now, build, told, changedAt, drawnAt: this.drawnAt, heardAt, visible: isVisible() })) reload();
    this.draw();
  }

  /** Once a frame, however much is told. */
  private draw(): void {
    if (this.due || !this.book.view) return;
    this.due = true;
    this.asked.clock.frame(() => {
      this.due = false;
      if (!this.over && this.book.view) this.asked.onMoment(this.moment(this.book.view));
    });
  }

  private moment(view: WallView): WallMoment {
    const { clock, options } = this.asked;
    const now = clock.now() + this.offset;
    const measuredAt = this.book.measuredAt();
    const age = measuredAt === null ? null : Math.max(0, now - measuredAt);
    return {
      ...view,
      rows: this.book.rows(),
      now,
      age,
      stale: (age ?? clock.now() - this.heardAt) > STALE_MS,
      turn: this.turn.index,
      progress: turnProgress(this.turn, { now: clock.now(), count: options.rotate.length, every: options.every }),
      orbit: orbitAt(now),
      mirrored: isMirrored(now),
    };
  }
}
