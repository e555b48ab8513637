import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AlarmForm } from "@/components/alarms/alarm-form";
import { typedOf } from "@/components/alarms/form-state";
import { PageFrame } from "@/components/shell/page-frame";
import { requireUser } from "@/lib/auth";
import { ALARM_FORM } from "@/lib/messages/alarm-form";
import { ALARMS } from "@/lib/messages/alarms-page";
import { alarmRecipients } from "@/lib/services/alarms/recipients";
import { readAlarm } from "../alarm";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireUser();
  const found = await readAlarm((await params).id);
  return { title: found ? `${ALARM_FORM.edit(found.alarm.name)} · ${ALARMS.title}` : ALARMS.title };
}

export default async function EditAlarmPage({ params }: Props) {
  await requireUser();
  const [found, recipients] = await Promise.all([readAlarm((await params).id), alarmRecipients()]);
  const first = found && typedOf(found.alarm);
  if (!first) notFound();
  const { id, name, version } = found.alarm;
  return (
    <PageFrame
      crumbs={[{ label: ALARMS.title, href: "/alarms" }, { label: name, href: `/alarms/${id}` }, { label: ALARMS.edit }]}
      title={ALARM_FORM.edit(name)}
    >
      <AlarmForm first={first} recipients={recipients} edited={{ id, version }} />
    </PageFrame>
  );
}
