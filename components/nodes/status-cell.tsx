"use client";

import { Tooltip } from "@/components/ui/tooltip";
import { isOperationKind, OPERATIONS, stepLabel } from "@/lib/domain/operations";
import { NODE_STATUSES } from "@/lib/domain/status";
import type { NodeRow } from "@/lib/services/nodes/read";
import { StatusBadge } from "./status-badge";

/** What a node is doing right now: "Join: Install packages". */
export function operationText(operation: NonNullable<NodeRow["operation"]>): string {
  if (!isOperationKind(operation.kind)) return operation.kind;
  const { label } = OPERATIONS[operation.kind];
  return operation.step ? `${label}: ${stepLabel(operation.kind, operation.step)}` : `${label}: queued`;
}

/** The status with its reason on hover, focus and touch, and the running operation beside it. */
export function StatusCell({ node }: { node: NodeRow }) {
  const reason = node.hostKeyChanged ? `The host key of ${node.ip} changed.` : node.statusReason;
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
