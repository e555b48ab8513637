"use client";

import { usePageNews } from "@/components/shell/use-page-news";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { ALARMS } from "@/lib/messages/alarms-page";
import type { AlarmView, SubjectView } from "@/lib/services/alarms/read";
import type { Recipient } from "@/lib/services/alarms/recipients";
import { Disclosure } from "@/components/ui/disclosure";
import { SUGGESTED } from "@/lib/domain/alarms/suggested";
import { SUGGESTIONS } from "@/lib/messages/suggested-alarms";
import { AlarmDialog, useAlarmDialogs } from "./alarm-dialogs";
import { AlarmsTable } from "./alarms-table";
import { alarmShown, countOf, FILTERS, subjectShown, useFilters } from "./filters";
import { inOrder } from "./subject-order";
import { SuggestedAlarms } from "./suggested-alarms";
import { SubjectsTable } from "./subjects-table";

type AlarmsListProps = { alarms: AlarmView[]; subjects: SubjectView[]; recipients: Recipient[] };

/** What is not OK, and everything that is watched. */
export function AlarmsList({ alarms, subjects, recipients }: AlarmsListProps) {
  usePageNews((patch) => patch.alarms.length > 0 || patch.notices);
  const { chosen, toggle, clear } = useFilters();
  const { asked, ask, close } = useAlarmDialogs();
  const byId = new Map(alarms.map((alarm) => [alarm.id, alarm]));
  const listed = inOrder(
    subjects.filter((subject) => subjectShown(subject, chosen)),
    byId,
  );
  const watched = alarms.filter((alarm) => alarmShown(alarm, chosen));
  const suggestions = SUGGESTED.filter(({ name }) => !alarms.some((alarm) => alarm.name === name));
  const notOk = countOf(alarms, "ALARM") + countOf(alarms, "INSUFFICIENT_DATA");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] max-w-[160rem] gap-6">
      <div role="group" aria-label={ALARMS.filter} className="flex flex-wrap items-center gap-2">
        {FILTERS.map((filter) => (
          <Chip key={filter} pressed={chosen.includes(filter)} count={countOf(alarms, filter)} onClick={() => toggle(filter)}>
            {ALARMS.filters[filter]}
          </Chip>
        ))}
        {chosen.length > 0 && (
          <Button variant="ghost" size="small" onClick={clear}>
            {ALARMS.clear}
          </Button>
        )}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <h2 className="text-lg font-semibold">{ALARMS.attention}</h2>
        {listed.length > 0 ? (
          <SubjectsTable key={chosen.join()} subjects={listed} alarms={byId} onAsk={ask} />
        ) : (
          <p className="text-muted">{subjects.length === 0 ? ALARMS.calm : chosen.includes("OK") ? ALARMS.okBelow : ALARMS.noMatch}</p>
        )}
        {notOk > subjects.length && <p className="text-sm text-muted">{ALARMS.cut(subjects.length, notOk)}</p>}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <h2 className="text-lg font-semibold">{ALARMS.all}</h2>
        {watched.length > 0 ? (
          <AlarmsTable alarms={watched} recipients={recipients} onAsk={ask} />
        ) : (
          <p className="text-muted">{ALARMS.noMatch}</p>
        )}
      </div>
      {suggestions.length > 0 && (
        <Disclosure className="-ms-2" summary={<span className="text-lg font-semibold">{SUGGESTIONS.title}</span>}>
          <SuggestedAlarms suggestions={suggestions} recipients={recipients} />
        </Disclosure>
      )}
      <AlarmDialog asked={asked} onClose={close} />
    </div>
  );
}
