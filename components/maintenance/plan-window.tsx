"use client";

import { useAbsoluteTime } from "@/components/ui/time-zone";
import { PLAN } from "@/lib/messages/plan";

/** From when to when, as its reader prefers moments to be written. ISO 8601. */
export function PlanWindow({ from, to }: { from: string; to: string | null }) {
  const absolute = useAbsoluteTime();
  const moment = (iso: string) => (
    <time dateTime={iso} suppressHydrationWarning className="whitespace-nowrap">
      {absolute(new Date(iso)).replace(/:\d\d(?= )/, "")}
    </time>
  );
  return (
    <>
      {moment(from)} – {to ? moment(to) : PLAN.noEnd}
    </>
  );
}
