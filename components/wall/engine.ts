import type { ColorId } from "@/lib/domain/heatmap-choices";
import type { WallOptions } from "@/lib/domain/wall-options";
import {
  isMirrored,
  isNight,
  leapOf,
  loadMoment,
  nextTurn,
  orbitAt,
  reloadReason,
  STALE_MS,
  turnProgress,
  type Turn,
} from "@/lib/domain/wall-time";
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
  /** It is night, and nothing has just happened. */
  dimmed: boolean;
};

type EngineOptions = {
  options: Pick<WallOptions, "rotate" | "every" | "night">;
  /** That this page is of. */
  build: string;
  clock: Clock;
  /** Of the day, where the screen hangs. */
  minuteAt: (now: number) => number;
  onMoment: (moment: WallMoment) => void;
  /** null: it is shown again. */
  onRefused: (refusal: WallRefusal | null) => void;
  /** A node has failed or was fenced just now. */
  onFailure: () => void;
  reload: () => void;
  isVisible: () => boolean;
};

const TICK_MS = 1000;
/** Whoever asks for a page anew asks once, and not each second. */
const RELOAD_MS = 10_000;

/** What a wall knows and does between two pictures. It holds what the view has and a few numbers, so it can run for as long as the screen does. */
export class WallEngine {
  private book = new WallBook();
  private turn: Turn;
  /** The server's clock, less this one's. */
  private offset = 0;
  private tickedAt: number;
  private heardAt: number;
  private changedAt: number;
  private drawnAt: number;
  private reloadedAt = 0;
  private told: string | null = null;
  private loadFrom = 0;
  private alarm: { color: ColorId | null } | null = null;
  private due = false;
  private over = false;
  private readonly stopTicking: () => void;

  constructor(private readonly asked: EngineOptions) {
    const now = asked.clock.now();
    this.tickedAt = this.heardAt = this.changedAt = this.drawnAt = now;
    this.turn = { index: 0, turnedAt: now, heldUntil: 0 };
    this.stopTicking = asked.clock.every(TICK_MS, () => this.tick());
  }

  receive(message: WallMessage): void {
    const now = this.asked.clock.now();
    this.heardAt = now;
    switch (message.type) {
      case "revoked":
        return this.refuse(WALL_REFUSALS.revoked);
      case "build":
        return this.hearOf(message.build, now);
      case "beat":
        this.offset = message.at - now;
        return;
      case "alarm":
        this.alarm = { color: message.color };
        return;
      default:
        return this.take(message, now);
    }
  }

  private take(message: WallMessage, now: number): void {
    if (message.type === "view" && !this.book.view) this.asked.onRefused(null);
    const { changed, alarm } = this.book.take(message);
    if (changed) this.changedAt = now;
    if (alarm) {
      this.alarm = { color: "status" };
      this.asked.onFailure();
    }
    this.draw();
  }

  private hearOf(build: string, now: number): void {
    if (build !== this.told) this.loadFrom = loadMoment(now, this.asked.clock.random());
    this.told = build;
  }

  /** Nothing is shown any more, and nothing of it is kept. */
  refuse(refusal: WallRefusal): void {
    this.book = new WallBook();
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
    const { clock, options, build, isVisible } = this.asked;
    const now = clock.now();
    this.leap(leapOf(now - this.tickedAt, TICK_MS));
    this.tickedAt = now;
    this.turn = nextTurn(this.turn, { now, alarm: this.placeOfAlarm(), count: options.rotate.length, every: options.every });
    this.alarm = null;
    const { told, loadFrom, changedAt, heardAt } = this;
    // Until there is something to draw, nothing is missing.
    if (!this.book.view) this.drawn();
    const reason = reloadReason({ now, build, told, loadFrom, changedAt, drawnAt: this.drawnAt, heardAt, visible: isVisible() });
    if (reason && now - this.reloadedAt >= RELOAD_MS) {
      this.reloadedAt = now;
      this.asked.reload();
    }
    this.draw();
  }

  /** Time that did not pass here moves what is counted from: a screen that wakes up did not stand still, and one whose clock is set back turns on. */
  private leap(ms: number): void {
    if (!ms) return;
    const { index, turnedAt, heldUntil } = this.turn;
    this.turn = { index, turnedAt: turnedAt + ms, heldUntil: heldUntil && heldUntil + ms };
    this.changedAt += ms;
    this.drawnAt += ms;
    this.reloadedAt += ms;
    this.loadFrom += ms;
    // Backwards no time goes: it was the clock, and until the next beat the server's is known by the old one.
    if (ms > 0) return;
    this.heardAt += ms;
    this.offset -= ms;
  }

  /** Where the rotation shows what has rung: where it stands, when no colour of it does. */
  private placeOfAlarm(): number | null {
    if (!this.alarm) return null;
    const place = this.asked.options.rotate.findIndex((color) => color === this.alarm?.color);
    return place < 0 ? this.turn.index : place;
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
    const { clock, options, minuteAt } = this.asked;
    const now = clock.now() + this.offset;
    const heard = clock.now() - this.heardAt;
    const measuredAt = this.book.measuredAt();
    const age = measuredAt === "none" ? heard : measuredAt === null ? null : Math.max(0, now - measuredAt);
    const held = clock.now() < this.turn.heldUntil;
    return {
      ...view,
      rows: this.book.rows(),
      now,
      age,
      stale: (age ?? heard) > STALE_MS,
      turn: this.turn.index,
      progress: turnProgress(this.turn, { now: clock.now(), count: options.rotate.length, every: options.every }),
      orbit: orbitAt(now),
      mirrored: isMirrored(now),
      dimmed: options.night !== null && !held && isNight(minuteAt(now), options.night),
    };
  }
}
