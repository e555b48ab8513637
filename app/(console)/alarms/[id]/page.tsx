import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AlarmActions } from "@/components/alarms/alarm-actions";
import { AlarmPage } from "@/components/alarms/alarm-page";
import { SeverityMark } from "@/components/alarms/alarm-state";
import { StateCounts } from "@/components/alarms/state-counts";
import { PageFrame } from "@/components/shell/page-frame";
import { requireUser } from "@/lib/auth";
import { ALARMS } from "@/lib/messages/alarms-page";
import { alarmHistory } from "@/lib/services/alarms/read";
import { muteWindows } from "@/lib/services/alarms/mute-list";
import { alarmRecipients } from "@/lib/services/alarms/recipients";
import { readAlarm } from "./alarm";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireUser();
  const found = await readAlarm((await params).id);
  return { title: found ? `${found.alarm.name} · ${ALARMS.title}` : ALARMS.title };
}

/** The permanent link to one alarm. */
export default async function OneAlarmPage({ params }: Props) {
  await requireUser();
  const { id } = await params;
  const found = await readAlarm(id);
  if (!found) notFound();
  const [history, windows, recipients] = await Promise.all([alarmHistory(id), muteWindows(id), alarmRecipients()]);
  const { alarm } = found;
  return (
    <PageFrame
      crumbs={[{ label: ALARMS.title, href: "/alarms" }, { label: alarm.name }]}
      title={alarm.name}
      summary={
        <>
          <SeverityMark severity={alarm.severity} />
          <StateCounts alarm={alarm} />
        </>
      }
      actions={<AlarmActions alarm={alarm} />}
    >
      <AlarmPage {...found} history={history} windows={windows} recipients={recipients} />
    </PageFrame>
  );
}
