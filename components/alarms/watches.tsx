import Link from "next/link";
import { ALARMS } from "@/lib/messages/alarms-page";
import type { AlarmView } from "@/lib/services/alarms/read";

/** What an alarm watches: one node, those with a tag, all, or the region. */
export function Watches({ alarm: { scope, scopeNode } }: { alarm: Pick<AlarmView, "scope" | "scopeNode"> }) {
  switch (scope.kind) {
    case "node":
      return (
        <Link href={`/nodes/${scope.nodeId}/overview`} className="link">
          {scopeNode ?? scope.nodeId}
        </Link>
      );
    case "tag":
      return <bdi>{ALARMS.tag(scope.tag)}</bdi>;
    case "all":
      return ALARMS.allNodes;
    case "region":
      return ALARMS.region;
  }
}
