/** When alarms are evaluated: each minute, and those with a period under a minute each ten seconds. Seconds since 1970. */
import { beginOf } from "../levels";
import type { PeriodSeconds } from "./choices";

/** Seconds from one round to the next. */
export const RHYTHMS = [10, 60] as const;
export type Rhythm = (typeof RHYTHMS)[number];

export const rhythmOf = (periodSeconds: PeriodSeconds): Rhythm => (periodSeconds < 60 ? 10 : 60);

/** The last round at a moment or before it. Rounds stand on whole minutes and whole ten seconds, for every worker alike. */
export const roundOf = (at: number, periodSeconds: PeriodSeconds): number => beginOf(at, rhythmOf(periodSeconds));

/** From a sample that was due until it can be read: it is answered within a second and written within another. */
export const SETTLE_SECONDS = 2;

export type Round = { rhythm: Rhythm; at: number };

/**
 * The rounds that are due now and not done yet, of each rhythm the newest: what was missed while nobody evaluated is not made up, for
 * nobody is to be told of it now. `done` is the last that was evaluated of each rhythm.
 */
export function dueRounds(now: number, done: Readonly<Record<Rhythm, number>>): Round[] {
  const rounds = RHYTHMS.map((rhythm) => ({ rhythm, at: beginOf(now - SETTLE_SECONDS, rhythm) }));
  return rounds.filter(({ rhythm, at }) => at > done[rhythm]);
}

/** How long until the next round of any rhythm is due, for whoever waits for it. */
export const secondsToNext = (now: number): number => {
  const [shortest] = RHYTHMS;
  return beginOf(now - SETTLE_SECONDS, shortest) + shortest + SETTLE_SECONDS - now;
};
