import Link from "next/link";
import { ALARMS } from "@/lib/messages/alarms-page";
import type { SubjectView } from "@/lib/services/alarms/read";

/** What an alarm watches: a node, with the way to it, or the region. */
export function WatchedNode({ subject: { nodeId, node } }: { subject: SubjectView }) {
  if (!nodeId) return ALARMS.region;
  return (
    <Link href={`/nodes/${nodeId}/overview`} className="link">
      {node}
    </Link>
  );
}
