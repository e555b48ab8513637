"use client";

import { useState, useSyncExternalStore } from "react";
import { useAbsoluteTime } from "./time-zone";

const TICK_MS = 10_000;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One clock for every time on the page. */
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

const tick = () => {
  now = Date.now();
  for (const listener of listeners) listener();
};

/** Nobody keeps the clock while nothing listens: what is drawn first afterwards must not be old. */
const read = (): number => {
  if (listeners.size === 0 && Date.now() - now > TICK_MS) now = Date.now();
  return now;
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  if (listeners.size === 1) {
    now = Date.now();
    timer = setInterval(tick, TICK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
};

/**
 * "4 min ago", with the moment itself as title; moves on every 10 s. `value` is ISO 8601 or milliseconds since 1970.
 * The server's text may differ by the time the page took: React keeps it until the first tick in the browser.
 */
export function RelativeTime({ value, className }: { value: string | number; className?: string }) {
  const moment = new Date(value);
  const [first] = useState(() => Date.now());
  const clock = useSyncExternalStore<number | null>(subscribe, read, () => null);
  const absolute = useAbsoluteTime();
  return (
    <time dateTime={moment.toISOString()} title={absolute(moment)} suppressHydrationWarning className={className}>
      {relativeTime(moment.getTime(), clock ?? first)}
    </time>
  );
}

/** Distance from `at` to `from`, both milliseconds since 1970. */
export function relativeTime(at: number, from: number): string {
  const distance = Math.abs(from - at);
  if (distance < 10 * SECOND) return "just now";
  const words = distanceWords(distance);
  return at > from ? `in ${words}` : `${words} ago`;
}

const distanceWords = (distance: number): string => {
  if (distance < MINUTE) return `${Math.floor(distance / SECOND)} s`;
  if (distance < HOUR) return `${Math.floor(distance / MINUTE)} min`;
  if (distance < 2 * DAY) return `${Math.floor(distance / HOUR)} h`;
  return `${Math.floor(distance / DAY)} d`;
};
