import type { ReactNode } from "react";
import { PageFrame } from "@/components/shell/page-frame";
import { SETTINGS_PAGES } from "@/components/shell/settings-nav";
import { TabsNav } from "@/components/ui/tabs-nav";
import { requireUser } from "@/lib/auth";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  await requireUser();
  return (
    <PageFrame crumbs={[{ label: "Settings" }]} title="Settings">
      <TabsNav label="Settings" tabs={SETTINGS_PAGES} />
      {children}
    </PageFrame>
  );
}
