"use client";

import { useAbsoluteTime } from "./time-zone";

/** "24 Dec 2026, 02:00 – 06:00 UTC", as its reader prefers moments to be written. `from` and `to` are ISO 8601; without `to`, `noEnd`. */
export function TimeSpan({ from, to, noEnd }: { from: string; to: string | null; noEnd: string }) {
  const absolute = useAbsoluteTime();
  const [begin, end] = [from, to].map((moment) => moment && absolute(new Date(moment)).replace(/(\d\d:\d\d):\d\d(?= )/, "$1"));
  const [day, clock] = begin?.split(", ") ?? [];
  const [lastDay, lastClock] = end?.split(", ") ?? [];
  const sameDay = clock && lastClock && day === lastDay && zoneOf(clock) === zoneOf(lastClock);
  return (
    <>
      <time dateTime={from} suppressHydrationWarning className="whitespace-nowrap">
        {sameDay ? `${day}, ${clock.replace(/ .*/, "")}` : begin}
      </time>{" "}
      –{" "}
      {to ? (
        <time dateTime={to} suppressHydrationWarning className="whitespace-nowrap">
          {sameDay ? lastClock : end}
        </time>
      ) : (
        noEnd
      )}
    </>
  );
}

const zoneOf = (clock: string): string => clock.replace(/^\S+ /, "");
