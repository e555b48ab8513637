"use client";

import { usePathname } from "next/navigation";
import { useState, type ReactElement } from "react";
import { useQuery } from "@/components/shell/address";
import { onDemand } from "@/components/ui/on-demand";
import { Popover } from "@/components/ui/popover";
import { canonicalAddress } from "@/lib/domain/list-address";
import { LIST } from "@/lib/messages/list";
import { SavedViewsPanel } from "./saved-views-panel";

const SaveViewDialog = onDemand(() => import("./save-view-dialog").then((module) => module.SaveViewDialog));

/** What the list shows, kept under names: one's own and those that others share. A view is an address, and is opened by it. */
export function SavedViews({ trigger }: { trigger: ReactElement }) {
  const pathname = usePathname();
  const search = useQuery();
  const address = canonicalAddress(search.toString());
  const [saving, setSaving] = useState(false);
  const hrefOf = (view: string): string => (view ? `${pathname}?${view}` : pathname);
  return (
    <>
      <Popover label={LIST.savedViews} align="end" trigger={trigger} defaultOpen>
        <SavedViewsPanel current={address} hrefOf={hrefOf} onSave={() => setSaving(true)} />
      </Popover>
      {saving && <SaveViewDialog address={address} onClose={() => setSaving(false)} />}
    </>
  );
}
