import type { AlarmSeverity } from "@/lib/domain/alarms/choices";
import type { AlarmView, SubjectView } from "@/lib/services/alarms/read";

const RANK: Record<AlarmSeverity, number> = { critical: 0, warning: 1, info: 2 };

/** What waits for a person first: in alarm before no data, told before muted, nobody on it before somebody, then the worst, then the newest. */
export function inOrder(subjects: readonly SubjectView[], alarms: ReadonlyMap<string, Pick<AlarmView, "severity">>): SubjectView[] {
  const rank = ({ state, muted, acked, alarmId }: SubjectView): number =>
    (state === "ALARM" ? 0 : 100) + (muted ? 50 : 0) + (acked ? 10 : 0) + RANK[alarms.get(alarmId)?.severity ?? "info"];
  return subjects.toSorted((a, b) => rank(a) - rank(b) || b.since.localeCompare(a.since) || a.id.localeCompare(b.id));
}
