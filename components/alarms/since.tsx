"use client";

import { RelativeTime } from "@/components/ui/relative-time";
import { useAbsoluteTime } from "@/components/ui/time-zone";

/** "4 min ago", and below it the moment itself. `value` is ISO 8601. */
export function Since({ value }: { value: string }) {
  const absolute = useAbsoluteTime();
  return (
    <>
      <RelativeTime value={value} />
      <span suppressHydrationWarning className="block text-xs text-muted">
        {absolute(new Date(value))}
      </span>
    </>
  );
}
