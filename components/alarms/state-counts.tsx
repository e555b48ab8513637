import { ALARM_STATES, type AlarmState } from "@/lib/domain/alarms/choices";
import { ALARMS } from "@/lib/messages/alarms-page";
import type { AlarmView } from "@/lib/services/alarms/read";

const SHOWN = ["ALARM", "INSUFFICIENT_DATA", "OK"] as const satisfies readonly AlarmState[];
const LOUD: Partial<Record<AlarmState, string>> = { ALARM: "font-medium text-danger" };

/** "2 In alarm · 33 OK", as words: only what is in alarm is loud. */
export function StateCounts({ alarm: { counts } }: { alarm: AlarmView }) {
  const there = SHOWN.filter((state) => counts[state] > 0);
  return (
    <span className="inline-flex flex-wrap gap-x-2.5">
      {there.map((state) => (
        <span key={state} className={LOUD[state] ?? "text-muted"}>
          {counts[state].toLocaleString("en-GB")} {ALARM_STATES[state]}
        </span>
      ))}
      {counts.muted > 0 && (
        <span className="text-muted">
          {counts.muted.toLocaleString("en-GB")} {ALARMS.filters.muted}
        </span>
      )}
    </span>
  );
}
