"use client";

import { KeyValues } from "@/components/ui/key-values";
import { acceptNode } from "@/lib/actions/nodes";
import { NODE_ROLES } from "@/lib/domain/roles";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";
import { JOIN_WORDS } from "./words";

export function AcceptDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  const role = NODE_ROLES[node.role];
  return (
    <NodeDialog
      command="accept"
      node={node}
      title="Accept Candidate Node"
      description="The node is approved and then starts and activates by itself."
      submit="Accept"
      size="small"
      words={JOIN_WORDS}
      onSubmit={(_, key, target) => acceptNode(target, key)}
      onClose={onClose}
    >
      <KeyValues
        items={[
          { label: "Name", value: node.name },
          { label: "IP", value: <code>{node.ip}</code> },
          { label: "Node Type", value: `${role.label}: ${role.description}` },
        ]}
      />
    </NodeDialog>
  );
}
