"use client";

import { BellRing } from "lucide-react";
import { usePageNews } from "@/components/shell/use-page-news";
import { SUGGESTED } from "@/lib/domain/alarms/suggested";
import { SUGGESTIONS } from "@/lib/messages/suggested-alarms";
import type { Recipient } from "@/lib/services/alarms/recipients";
import { SuggestedAlarms } from "./suggested-alarms";

/** Where no alarm is yet: what most regions watch, ready to be added. */
export function FirstAlarms({ recipients }: { recipients: readonly Recipient[] }) {
  usePageNews((patch) => patch.alarms.length > 0 || patch.notices);
  return (
    <section aria-label={SUGGESTIONS.title} className="grid grid-cols-[minmax(0,1fr)] max-w-[120rem] gap-4">
      <div className="flex gap-3">
        <BellRing aria-hidden size={24} className="mt-0.5 text-muted" />
        <div>
          <h2 className="text-lg font-semibold">{SUGGESTIONS.first}</h2>
          <p className="text-muted">{SUGGESTIONS.help}</p>
        </div>
      </div>
      <SuggestedAlarms suggestions={SUGGESTED} recipients={recipients} />
    </section>
  );
}
