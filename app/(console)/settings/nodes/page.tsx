import type { Metadata } from "next";
import { RegionSettings } from "@/components/settings/region-settings";
import { requireUser } from "@/lib/auth";
import { permits } from "@/lib/domain/permissions";
import { REGION_PAGES } from "@/lib/domain/settings-pages";
import { readSettings } from "@/lib/services/settings/read";

export const metadata: Metadata = { title: `${REGION_PAGES.nodes.label} · Settings` };

export default async function NodesSettingsPage() {
  const { role } = await requireUser();
  return <RegionSettings groups={await readSettings("nodes")} manage={permits(role, "settings.manage")} />;
}
