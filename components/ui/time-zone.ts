"use client";

import { createContext, useContext, useSyncExternalStore } from "react";

export type Zone = "local" | "utc";

/** In which zone moments are written out. The page knows what its reader prefers. */
export const TimeZoneContext = createContext<Zone>("local");

const DATE = { day: "numeric", month: "short", year: "numeric" } as const;
const TIME = { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short" } as const;

const formats = (options: Intl.DateTimeFormatOptions) => ({
  local: new Intl.DateTimeFormat("en-GB", options),
  utc: new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }),
});

const MOMENT = formats({ ...DATE, ...TIME });
const CLOCK = formats(TIME);

/** "25 Nov 2026, 19:40:12 UTC": the zone is always named. */
export const absoluteTime = (moment: Date, zone: Zone): string => MOMENT[zone].format(moment);

/** "19:40:12 CET", for a moment of today. */
export const clockTime = (moment: Date, zone: Zone): string => CLOCK[zone].format(moment);

const never = () => () => {};

/** Whether this is drawn in a browser: the server does not know the browser's zone, and must not guess it. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/** Writes a moment out as its reader prefers; ISO 8601 until the browser has taken over the server's page. */
export function useAbsoluteTime(): (moment: Date) => string {
  const zone = useContext(TimeZoneContext);
  const hydrated = useHydrated();
  return (moment) => (hydrated ? absoluteTime(moment, zone) : moment.toISOString());
}

/** As useAbsoluteTime, for a moment among others of one day. */
export function useClockTime(): (moment: Date) => string {
  const zone = useContext(TimeZoneContext);
  const hydrated = useHydrated();
  return (moment) => (hydrated ? clockTime(moment, zone) : moment.toISOString().slice(11, 19));
}
