"use client";

import { usePageNews } from "@/components/shell/use-page-news";
import { Callout } from "@/components/ui/callout";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { MISSING_DATA } from "@/lib/domain/alarms/choices";
import { conditionWords } from "@/lib/domain/alarms/reason";
import { ALARM_PAGE, ALARMS } from "@/lib/messages/alarms-page";
import type { MuteWindowView } from "@/lib/services/alarms/mute-list";
import type { AlarmView, SubjectView, TransitionView } from "@/lib/services/alarms/read";
import type { Recipient } from "@/lib/services/alarms/recipients";
import { AlarmChart } from "./alarm-chart";
import { AlarmHistory } from "./alarm-history";
import { AlarmSection } from "./alarm-section";
import { SeverityMark } from "./alarm-state";
import { AlarmStates } from "./alarm-states";
import { AlarmWindows } from "./alarm-windows";
import { WhoIsTold } from "./who-is-told";
import { Watches } from "./watches";

type AlarmPageProps = {
  alarm: AlarmView;
  subjects: SubjectView[];
  history: TransitionView[];
  windows: MuteWindowView[];
  recipients: Recipient[];
};

/** One alarm: what it says now, what it compares, what it did. */
export function AlarmPage({ alarm, subjects, history, windows, recipients }: AlarmPageProps) {
  usePageNews(({ alarms, notices }) => notices || alarms.includes(alarm.id));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] max-w-[120rem] gap-6">
      {!alarm.rule && <Callout kind="warning">{ALARM_PAGE.unreadable}</Callout>}
      {!alarm.actionsEnabled && <Callout title={ALARM_PAGE.actionsOff.title}>{ALARM_PAGE.actionsOff.text}</Callout>}
      {alarm.mute && (
        <Callout title={ALARM_PAGE.muted}>
          {ALARM_PAGE.mutedUntil} <RelativeTime value={alarm.mute.until} /> {ALARMS.mutedBy(alarm.mute.by, alarm.mute.note)}
        </Callout>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-12 gap-y-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
          <KeyValues items={factsOf(alarm)} />
          <AlarmSection title={ALARM_PAGE.told}>
            <WhoIsTold alarm={alarm} recipients={recipients} />
          </AlarmSection>
          <AlarmSection title={ALARM_PAGE.windows}>
            <AlarmWindows windows={windows} />
          </AlarmSection>
        </div>
        {alarm.rule && <AlarmChart rule={alarm.rule} subjects={subjects} scope={alarm.scope} />}
      </div>
      <AlarmSection title={ALARM_PAGE.states}>
        <AlarmStates alarm={alarm} subjects={subjects} />
      </AlarmSection>
      <AlarmSection title={ALARM_PAGE.history}>
        <AlarmHistory key={history[0]?.id} alarmId={alarm.id} first={history} />
      </AlarmSection>
    </div>
  );
}

const factsOf = (alarm: AlarmView): KeyValue[] => [
  {
    label: ALARM_PAGE.condition,
    value: (
      <>
        {alarm.words}
        {alarm.rule && <span className="block text-muted">{conditionWords(alarm.rule)}</span>}
      </>
    ),
  },
  ...(alarm.rule ? [{ label: ALARM_PAGE.missing, value: MISSING_DATA[alarm.rule.treatMissingData].label }] : []),
  { label: ALARM_PAGE.watches, value: <Watches alarm={alarm} /> },
  { label: ALARM_PAGE.severity, value: <SeverityMark severity={alarm.severity} /> },
  ...(alarm.description ? [{ label: ALARM_PAGE.description, value: <bdi className="whitespace-pre-line">{alarm.description}</bdi> }] : []),
  {
    label: ALARM_PAGE.made,
    value: (
      <>
        {alarm.madeBy} <RelativeTime value={alarm.createdAt} className="text-muted" />
      </>
    ),
  },
  ...(alarm.updatedAt === alarm.createdAt ? [] : [{ label: ALARM_PAGE.changed, value: <RelativeTime value={alarm.updatedAt} /> }]),
];
