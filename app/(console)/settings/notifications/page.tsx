import type { Metadata } from "next";
import { NotifyPage } from "@/components/notify/notify-page";
import { RegionSettings } from "@/components/settings/region-settings";
import { requireUser } from "@/lib/auth";
import { permits } from "@/lib/domain/permissions";
import { NOTIFY } from "@/lib/messages/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";
import { readNotify } from "@/lib/services/notify/read";
import { readSettings } from "@/lib/services/settings/read";

export const metadata: Metadata = { title: `${NOTIFY.title} · Settings` };

export default async function NotificationsPage() {
  const { role } = await requireUser();
  const manage = permits(role, "settings.manage");
  const groups = await readSettings("notifications");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      {manage ? <NotifyPage {...await readNotify()} /> : <p className="max-w-3xl text-muted">{NOTIFY_PAGE.notAdmin}</p>}
      <RegionSettings groups={groups} manage={manage} />
    </div>
  );
}
