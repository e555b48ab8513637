/** Alarms: what their form and their page say. */
import type { Backtest } from "../domain/alarms/backtest";
import { formatDuration } from "../domain/units";
import { counted } from "./counted";

const MS = 1000;
const HOUR = 3600;
const DAY = 24 * HOUR;
/** As many episodes as a line bears: the newest, which somebody may remember. */
const LISTED = 5;

/** "the last 24 hours", "the last 7 days". */
const spanWords = (seconds: number): string =>
  seconds > DAY && seconds % DAY === 0
    ? `the last ${counted(seconds / DAY, "day")}`
    : `the last ${counted(Math.round(seconds / HOUR), "hour")}`;

/**
 * "Would have fired 3 times in the last 24 hours (12:04 for 9 min, 15:31 for 4 min, since 18:20)". `clock` writes a moment, seconds since
 * 1970, in the reader's time zone.
 */
export function backtestWords({ from, to, episodes }: Backtest, clock: (at: number) => string): string {
  const span = spanWords(to - from);
  // What was there before did not fire in this span.
  const fired = episodes.filter((episode) => episode.from > from);
  const standing = episodes.length > fired.length ? "It was in alarm before. " : "";
  if (fired.length === 0) return `${standing}Would not have fired in ${span}.`;
  const times = fired.length === 1 ? "once" : counted(fired.length, "time");
  const shown = fired
    .slice(-LISTED)
    .map((episode) =>
      episode.to === null
        ? `since ${clock(episode.from)}`
        : `${clock(episode.from)} for ${formatDuration((episode.to - episode.from) * MS)}`,
    );
  const more = fired.length > LISTED ? [`${counted(fired.length - LISTED, "time")} before`] : [];
  return `${standing}Would have fired ${times} in ${span} (${[...more, ...shown].join(", ")}).`;
}
