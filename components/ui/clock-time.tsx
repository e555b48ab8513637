"use client";

import { useAbsoluteTime, useClockTime } from "./time-zone";

/** "19:40:12 CET", with the day as title: for moments that belong together. `value` is ISO 8601. */
export function ClockTime({ value, className }: { value: string; className?: string }) {
  const moment = new Date(value);
  const absolute = useAbsoluteTime();
  const clock = useClockTime();
  return (
    <time dateTime={value} title={absolute(moment)} className={className}>
      {clock(moment)}
    </time>
  );
}
