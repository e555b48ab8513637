"use client";

import { useRouter } from "next/navigation";
import { RelativeTime } from "@/components/ui/relative-time";
import { useLiveMessages } from "@/components/shell/live-updates";
import type { NodeDetail } from "@/lib/services/nodes/read";
import { StatusBadge } from "./status-badge";
import { operationText } from "./status-cell";

/** Status, since when and why; keeps the node's page up to date. */
export function NodeHeader({ node }: { node: NodeDetail }) {
  const router = useRouter();
  useLiveMessages((message) => {
    const concerns =
      message.type === "resync" || message.patch.gone.includes(node.id) || message.patch.nodes.some(({ id }) => id === node.id);
    if (concerns) router.refresh();
  });
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
      <StatusBadge status={node.status} />
      <span className="text-sm text-muted">
        since <RelativeTime value={node.statusSince} />
        {node.operation && ` · ${operationText(node.operation)}, by ${node.operation.actorName}`}
      </span>
      <code>{node.ip}</code>
    </span>
  );
}
