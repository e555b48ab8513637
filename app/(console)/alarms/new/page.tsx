import type { Metadata } from "next";
import { z } from "zod";
import { AlarmForm } from "@/components/alarms/alarm-form";
import { blank } from "@/components/alarms/form-state";
import { PageFrame } from "@/components/shell/page-frame";
import { requireUser } from "@/lib/auth";
import { ALARM_METRIC_IDS } from "@/lib/domain/alarms/metrics";
import { ALARM_FORM } from "@/lib/messages/alarm-form";
import { ALARMS } from "@/lib/messages/alarms-page";
import { alarmRecipients } from "@/lib/services/alarms/recipients";
import { nodeDetail } from "@/lib/services/nodes/read";

export const metadata: Metadata = { title: `${ALARM_FORM.create} · ${ALARMS.title}` };

type Props = { searchParams: Promise<{ node?: string | string[]; metric?: string | string[] }> };

/** A new alarm, of the node and the metric that the address names, if it does. */
export default async function NewAlarmPage({ searchParams }: Props) {
  await requireUser();
  const { node: asked, metric } = await searchParams;
  const id = z.uuid().safeParse(asked).data;
  const [node, recipients] = await Promise.all([id ? nodeDetail(id) : null, alarmRecipients()]);
  const first = blank(ALARM_METRIC_IDS.find((known) => known === metric) ?? "cpu", node && { id: node.id, name: node.name });
  return (
    <PageFrame crumbs={[{ label: ALARMS.title, href: "/alarms" }, { label: ALARM_FORM.create }]} title={ALARM_FORM.create}>
      <AlarmForm key={`${id} ${first.metric}`} first={first} recipients={recipients} edited={null} />
    </PageFrame>
  );
}
