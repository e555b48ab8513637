import type { Metadata } from "next";
import { RegionSettings } from "@/components/settings/region-settings";
import { requireUser } from "@/lib/auth";
import { permits } from "@/lib/domain/permissions";
import { REGION_PAGES } from "@/lib/domain/settings-pages";
import { readSettings } from "@/lib/services/settings/read";

export const metadata: Metadata = { title: `${REGION_PAGES.maintenance.label} · Settings` };

export default async function MaintenanceSettingsPage() {
  const { role } = await requireUser();
  return <RegionSettings groups={await readSettings("maintenance")} manage={permits(role, "settings.manage")} />;
}
