import type { Metadata } from "next";
import { RegionSettings } from "@/components/settings/region-settings";
import { Callout } from "@/components/ui/callout";
import { requireUser } from "@/lib/auth";
import { permits } from "@/lib/domain/permissions";
import { REGION_PAGES } from "@/lib/domain/settings-pages";
import { SETTINGS_FORM } from "@/lib/messages/region-settings";
import { readSettings } from "@/lib/services/settings/read";

export const metadata: Metadata = { title: `${REGION_PAGES.fencing.label} · Settings` };

export default async function FencingSettingsPage() {
  const { role } = await requireUser();
  const groups = await readSettings("fencing");
  const off = groups.some(({ settings }) => settings.some(({ path, value }) => path === "fencing.automatic" && value === false));
  return (
    <RegionSettings groups={groups} manage={permits(role, "settings.manage")}>
      {off && (
        <Callout kind="warning" title={SETTINGS_FORM.fencingOff}>
          {SETTINGS_FORM.fencingOffHelp}
        </Callout>
      )}
    </RegionSettings>
  );
}
