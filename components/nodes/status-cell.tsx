"use client";

import { Tooltip } from "@/components/ui/tooltip";
import { distrusted } from "@/lib/domain/guards";
import { NODE_STATUSES } from "@/lib/domain/status";
import type { NodeRow } from "@/lib/services/nodes/read";
import { StatusBadge } from "./status-badge";

/** What a node is doing right now: "Join: Install packages". */
export const operationText = ({ label, at }: NonNullable<NodeRow["operation"]>): string => `${label}: ${at ?? "queued"}`;

/** Why the node is where it is, and what the status alone does not say. */
function reasonOf(node: NodeRow): string | null {
  const { hostKeyChanged, statusReason, note } = node;
  const why = hostKeyChanged ? distrusted(node).reason : statusReason;
  const more = note && (note.kind === "pending" ? note.text : "It answers again.");
  return [why, more].filter(Boolean).join(" ") || null;
}

/** The status with its reason on hover, focus and touch, and the running operation beside it. */
export function StatusCell({ node }: { node: NodeRow }) {
  const reason = reasonOf(node);
  const badge = <StatusBadge status={node.status} />;
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      {reason ? (
        <Tooltip text={reason}>
          <button type="button" className="rounded-sm text-start" aria-label={`${NODE_STATUSES[node.status].label}, reason: ${reason}`}>
            {badge}
          </button>
        </Tooltip>
      ) : (
        badge
      )}
      {node.operation && <span className="truncate text-sm text-muted">{operationText(node.operation)}</span>}
    </span>
  );
}
