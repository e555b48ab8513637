import type { Metadata } from "next";
import { MuteWindowsPage } from "@/components/alarms/mute-windows-page";
import { PageFrame } from "@/components/shell/page-frame";
import { requireUser } from "@/lib/auth";
import { ALARMS } from "@/lib/messages/alarms-page";
import { MUTE_WINDOWS } from "@/lib/messages/mute-windows";
import { alarmList } from "@/lib/services/alarms/read";
import { muteWindows } from "@/lib/services/alarms/mute-list";

export const metadata: Metadata = { title: `${MUTE_WINDOWS.title} · ${ALARMS.title}` };

export default async function MutesPage() {
  await requireUser();
  const [windows, { alarms }] = await Promise.all([muteWindows(), alarmList()]);
  return (
    <PageFrame crumbs={[{ label: ALARMS.title, href: "/alarms" }, { label: MUTE_WINDOWS.title }]} title={MUTE_WINDOWS.title}>
      <MuteWindowsPage windows={windows} alarms={alarms.map(({ id, name }) => ({ id, name }))} />
    </PageFrame>
  );
}
