import type { Metadata } from "next";
import { NotifyPage } from "@/components/notify/notify-page";
import { EmptyState } from "@/components/ui/empty-state";
import { requireUser } from "@/lib/auth";
import { permissionRefusal, permits } from "@/lib/domain/permissions";
import { NOTIFY } from "@/lib/messages/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";
import { readNotify } from "@/lib/services/notify/read";

export const metadata: Metadata = { title: `${NOTIFY.title} · Settings` };

export default async function NotificationsPage() {
  const { role } = await requireUser();
  if (permits(role, "settings.manage")) return <NotifyPage {...await readNotify()} />;
  const { reason, hint } = permissionRefusal("settings.manage");
  return (
    <EmptyState title={reason}>
      {NOTIFY_PAGE.help} {hint}
    </EmptyState>
  );
}
