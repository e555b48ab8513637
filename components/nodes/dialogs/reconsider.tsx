"use client";

import { reconsiderNode } from "@/lib/actions/nodes";
import { TOASTS } from "@/lib/messages/mission";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";

export function ReconsiderDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  return (
    <NodeDialog
      command="reconsider"
      node={node}
      title={`Reconsider ${node.name}`}
      submit="Reconsider"
      size="small"
      words={{ success: TOASTS.reconsidered(node.name) }}
      onSubmit={(_, key, target) => reconsiderNode(target, key)}
      onClose={onClose}
    >
      <p>The node becomes a Candidate again. {node.statusReason ? `It was rejected: ${node.statusReason}` : ""}</p>
    </NodeDialog>
  );
}
