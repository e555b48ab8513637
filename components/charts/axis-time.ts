/** Moments on an axis, whose zone is named elsewhere. Apart from components/ui/time-zone.ts, which the first page loads. */
import type { Zone } from "@/components/ui/time-zone";

const MS = 1000;
const formats = (options: Intl.DateTimeFormatOptions) => ({
  local: new Intl.DateTimeFormat("en-GB", options),
  utc: new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }),
});
const SHORT = formats({ hour: "2-digit", minute: "2-digit" });
const SHORT_SECONDS = formats({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = formats({ day: "numeric", month: "short" });
const DAY_SECONDS = 86_400;

/** "19:40"; `at` in seconds since 1970. */
export const shortTime = (at: number, zone: Zone, withSeconds = false): string =>
  (withSeconds ? SHORT_SECONDS : SHORT)[zone].format(new Date(at * MS));

/** "25 Nov"; `at` in seconds since 1970. */
export const dayTime = (at: number, zone: Zone): string => DAY[zone].format(new Date(at * MS));

/** A moment among the points of a span: with its day where the clock alone would name several, with seconds where points are that fine. */
export const momentName = (at: number, { from, to, step }: { from: number; to: number; step: number }, zone: Zone): string => {
  const clock = shortTime(at, zone, step < 60);
  return to - from < DAY_SECONDS ? clock : `${dayTime(at, zone)}, ${clock}`;
};

/** The seconds that the reader's clock is ahead of UTC at a moment, seconds since 1970. */
export const zoneOffset = (at: number, zone: Zone): number => (zone === "utc" ? 0 : -60 * new Date(at * MS).getTimezoneOffset());
