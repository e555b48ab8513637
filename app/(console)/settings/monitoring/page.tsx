import type { Metadata } from "next";
import { RegionSettings } from "@/components/settings/region-settings";
import { requireUser } from "@/lib/auth";
import { permits } from "@/lib/domain/permissions";
import { REGION_PAGES } from "@/lib/domain/settings-pages";
import { readSettings } from "@/lib/services/settings/read";

export const metadata: Metadata = { title: `${REGION_PAGES.monitoring.label} · Settings` };

export default async function MonitoringSettingsPage() {
  const { role } = await requireUser();
  return <RegionSettings groups={await readSettings("monitoring")} manage={permits(role, "settings.manage")} />;
}
