"use client";

import dynamic from "next/dynamic";
import { usePathname, useSearchParams } from "next/navigation";
import { useState, type ReactElement } from "react";
import { Popover } from "@/components/ui/popover";
import { canonicalAddress } from "@/lib/domain/list-address";
import { VIEWS } from "@/lib/messages";

// Neither is needed for the first look at the list.
const SavedViewsPanel = dynamic(() => import("./saved-views-panel").then(({ SavedViewsPanel: Panel }) => Panel), { ssr: false });
const SaveViewDialog = dynamic(() => import("./save-view-dialog").then(({ SaveViewDialog: Dialog }) => Dialog), { ssr: false });

/** What the list shows, kept under names: one's own and those that others share. A view is an address, and is opened by it. */
export function SavedViews({ trigger }: { trigger: ReactElement }) {
  const pathname = usePathname();
  const search = useSearchParams();
  const address = canonicalAddress(search.toString());
  const [saving, setSaving] = useState(false);
  const hrefOf = (view: string): string => (view ? `${pathname}?${view}` : pathname);
  return (
    <>
      <Popover label={VIEWS.title} align="end" trigger={trigger} defaultOpen>
        <SavedViewsPanel current={address} hrefOf={hrefOf} onSave={() => setSaving(true)} />
      </Popover>
      {saving && <SaveViewDialog address={address} onClose={() => setSaving(false)} />}
    </>
  );
}
