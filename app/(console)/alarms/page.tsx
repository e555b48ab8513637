import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { AlarmsList } from "@/components/alarms/alarms-list";
import { CreateAlarmLink } from "@/components/alarms/create-alarm-link";
import { FirstAlarms } from "@/components/alarms/first-alarms";
import { PageFrame } from "@/components/shell/page-frame";
import { buttonClass } from "@/components/ui/button-class";
import { requireUser } from "@/lib/auth";
import { ALARMS } from "@/lib/messages/alarms-page";
import { alarmList } from "@/lib/services/alarms/read";
import { alarmRecipients } from "@/lib/services/alarms/recipients";

export const metadata: Metadata = { title: ALARMS.title };

export default async function AlarmsPage() {
  await requireUser();
  const [{ alarms, subjects }, recipients] = await Promise.all([alarmList(), alarmRecipients()]);
  return (
    <PageFrame
      crumbs={[{ label: ALARMS.title }]}
      title={ALARMS.title}
      actions={
        <>
          <Link href="/alarms/mutes" className={buttonClass()}>
            {ALARMS.muteWindows}
          </Link>
          <CreateAlarmLink />
        </>
      }
    >
      <Suspense>
        {alarms.length > 0 ? (
          <AlarmsList alarms={alarms} subjects={subjects} recipients={recipients} />
        ) : (
          <FirstAlarms recipients={recipients} />
        )}
      </Suspense>
    </PageFrame>
  );
}
