"use client";

import { useAbsoluteTime } from "@/components/ui/time-zone";
import { formatDuration } from "@/lib/domain/units";

/** Time from the last restart to the last look: what was true when the machine was seen, not a guess about now. */
export function Uptime({ since, seenAt }: { since: string; seenAt: string | null }) {
  const absolute = useAbsoluteTime();
  const from = new Date(since);
  const until = new Date(seenAt ?? since);
  return (
    <time title={`Since ${absolute(from)}${seenAt ? `, seen ${absolute(until)}` : ""}`}>
      {formatDuration(until.getTime() - from.getTime())}
    </time>
  );
}
