/** What a wall does by the clock: pure, so that weeks pass in a test. Times are ms since 1970. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const ORBIT = { positions: 12, radius: 0.6, every: 3 * MINUTE };

/** Against burn-in: where the whole picture stands now, in vh from its place. */
export function orbitAt(now: number): { x: number; y: number } {
  const angle = ((Math.floor(now / ORBIT.every) % ORBIT.positions) / ORBIT.positions) * 2 * Math.PI;
  const round = (value: number): number => Math.round(value * ORBIT.radius * 1000) / 1000;
  return { x: round(Math.cos(angle)), y: round(Math.sin(angle)) };
}

/** Against burn-in: every other hour clock and counts stand on the other side. */
export const isMirrored = (now: number): boolean => Math.floor(now / HOUR) % 2 === 1;

/** `turnedAt` is when the shown colour began, `heldUntil` until when a new failure keeps it. */
export type Turn = { index: number; turnedAt: number; heldUntil: number };
export const HOLD_MS = 2 * MINUTE;

type TurnQuestion = {
  now: number;
  /** The place of the colour that shows it; null: nothing rang. */ alarm: number | null;
  count: number;
  every: number;
};

/** The turn a moment later. An alarm stops the rotation at the colour that shows it, so that whoever looks up sees what happened. */
export function nextTurn(turn: Turn, { now, alarm, count, every }: TurnQuestion): Turn {
  if (alarm !== null) return { index: alarm, turnedAt: alarm === turn.index ? turn.turnedAt : now, heldUntil: now + HOLD_MS };
  if (now < turn.heldUntil) return turn;
  const since = Math.max(turn.turnedAt, turn.heldUntil);
  if (count < 2 || now - since < every * SECOND) return turn;
  return { index: (turn.index + 1) % count, turnedAt: now, heldUntil: 0 };
}

/** How much of its time the shown colour has had, from 0 to 1; null while it does not move. */
export function turnProgress({ turnedAt, heldUntil }: Turn, { now, count, every }: { now: number; count: number; every: number }) {
  if (count < 2 || now < heldUntil) return null;
  return Math.min(1, Math.max(0, (now - Math.max(turnedAt, heldUntil)) / (every * SECOND)));
}

/** Minutes of the day; it may reach over midnight. */
export type Night = { from: number; to: number };

/** `minute` is that of the day, where the screen hangs. */
export function isNight(minute: number, { from, to }: Night): boolean {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** So long between two looks at the clock, or backwards, was no time that passed here: the screen slept, or its clock was set. */
const LEAP_MS = 15 * SECOND;

/** What of the time since the last look was not lived, ms; looks are `apart`. 0 while all is as it should be. */
export function leapOf(since: number, apart: number): number {
  const leap = since - apart;
  return Math.abs(leap) > LEAP_MS ? leap : 0;
}

export const STALE_MS = 60 * SECOND;
const QUIET_MS = MINUTE;
const STUCK_MS = MINUTE;

export type Health = {
  now: number;
  /** The build that this page is of, and the one that answers now. */
  build: string | null;
  told: string | null;
  /** From when on another build may be loaded: each screen has a moment of its own. */
  loadFrom: number;
  /** When a node's state last changed, and when the picture was last drawn. */
  changedAt: number;
  drawnAt: number;
  heardAt: number;
  visible: boolean;
};

/** Whether to load the page anew, and why: at a quiet minute for a new version, at once when the picture stands still although it should not. */
export function reloadReason({ now, build, told, loadFrom, changedAt, drawnAt, heardAt, visible }: Health): "version" | "stuck" | null {
  // A page that is hidden is not drawn by any browser.
  if (visible && now - drawnAt > STUCK_MS) return "stuck";
  const quiet = now >= loadFrom && now - changedAt >= QUIET_MS && now - heardAt < STALE_MS;
  return build !== null && told !== null && told !== build && quiet ? "version" : null;
}

const SPREAD_MS = 2 * MINUTE;

/** When a screen that hears of another build loads it: a restart is heard by all of them at one moment. `random` is from 0 to 1. */
export const loadMoment = (now: number, random: number): number => now + random * SPREAD_MS;

const RETRY = { first: SECOND, most: 30 * SECOND };

/** How long to wait before the next attempt: longer each time, and never at the same moment as all other screens. `random` is from 0 to 1. */
export const retryDelay = (failures: number, random: number): number =>
  Math.min(RETRY.most, RETRY.first * 2 ** Math.min(failures, 10)) * (0.5 + random / 2);
