"use client";

import { useAlarmsNow } from "./alarms-now";

/** How many are in alarm, beside the word: a number, and what it counts for those who hear it. */
export function NavCount() {
  const { inAlarm } = useAlarmsNow();
  if (inAlarm === 0) return null;
  return (
    <span data-tone="danger" className="ms-1.5 rounded-full bg-(--tone) px-1.5 text-xs font-medium text-(--on-tone) forced-colors:border">
      {inAlarm.toLocaleString("en-GB")}
      <span className="sr-only"> in alarm</span>
    </span>
  );
}
