import Link from "next/link";
import { Callout } from "@/components/ui/callout";
import { RelativeTime } from "@/components/ui/relative-time";
import { NOTIFY_FAILING } from "@/lib/messages/alarms-page";
import type { AlarmsNow } from "@/lib/services/alarms/now";

/** Says across the page that somebody is not told, and since when. Drawn by the server alone: no page loads code for it. */
export function NotifyBanner({ failing: { kind, to, since, problem, waiting, others } }: { failing: NonNullable<AlarmsNow["failing"]> }) {
  return (
    <Callout kind="warning" className="no-print mx-4 mt-3 lg:mx-6" title={NOTIFY_FAILING.title[kind](to, problem)}>
      <span className="flex flex-wrap items-center gap-x-3">
        <span>
          {NOTIFY_FAILING.since} <RelativeTime value={since} />. {waiting > 0 && NOTIFY_FAILING.waiting(waiting)}{" "}
          {others > 0 && NOTIFY_FAILING.others(others)}
        </span>
        <Link href="/settings/notifications" className="link inline-flex min-h-6 items-center">
          {NOTIFY_FAILING.open}
        </Link>
      </span>
    </Callout>
  );
}
