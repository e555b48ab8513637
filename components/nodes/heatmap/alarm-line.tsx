import { BellRing } from "lucide-react";
import Link from "next/link";
import { HEATMAP } from "@/lib/messages/heatmap";

/** How many of the shown nodes are in alarm, and the way to what it is. */
export function AlarmLine({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Link href="/alarms?show=in-alarm" data-tone="danger" className="link inline-flex min-h-6 items-center gap-1.5 text-sm">
      <BellRing aria-hidden size={14} className="text-(--tone)" />
      {HEATMAP.nodesInAlarm(count)}
    </Link>
  );
}
