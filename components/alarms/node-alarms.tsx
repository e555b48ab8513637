"use client";

import Link from "next/link";
import { usePageNews } from "@/components/shell/use-page-news";
import { RelativeTime } from "@/components/ui/relative-time";
import { ALARMS, NODE_ALARMS } from "@/lib/messages/alarms-page";
import type { AlarmView, SubjectView } from "@/lib/services/alarms/read";
import { StateBadge } from "./alarm-state";
import { AlarmSection } from "./alarm-section";

type NodeAlarmsProps = { nodeId: string; alarms: AlarmView[]; subjects: SubjectView[] };

/** On the page of a node: what watches it, and how that stands. */
export function NodeAlarms({ nodeId, alarms, subjects }: NodeAlarmsProps) {
  const ids = new Set(alarms.map(({ id }) => id));
  usePageNews((patch) => patch.alarms.some((id) => ids.has(id)));
  const byId = new Map(alarms.map((alarm) => [alarm.id, alarm]));
  return (
    <AlarmSection title={ALARMS.title} region>
      {subjects.length === 0 ? (
        <p className="text-muted">
          {NODE_ALARMS.none}{" "}
          <Link href={`/alarms/new?node=${nodeId}`} className="link">
            {ALARMS.create}
          </Link>
        </p>
      ) : (
        <ul className="grid gap-2">
          {subjects.map(({ id, alarmId, state, since, value, acked, muted }) => (
            <li key={id} className="grid grid-cols-[9.5rem_minmax(0,1fr)] items-baseline gap-x-3 max-[479px]:grid-cols-1">
              <span>
                <StateBadge state={state} quiet={acked !== null || muted !== null} />
              </span>
              <span className="min-w-0">
                <Link href={`/alarms/${alarmId}`} className="link">
                  {byId.get(alarmId)?.name}
                </Link>{" "}
                {value && <span className="font-medium">{value}</span>}
                <span className="block text-sm text-muted">
                  {byId.get(alarmId)?.words} · {ALARMS.since} <RelativeTime value={since} />
                  {muted && <> · {ALARMS.muted(muted.why)}</>}
                  {acked && <> · {ALARMS.acked(acked.by)}</>}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </AlarmSection>
  );
}
