"use client";

import { KeyValues } from "@/components/ui/key-values";
import { deleteCandidate } from "@/lib/actions/nodes";
import { DIALOGS, HELP, TOASTS } from "@/lib/messages/mission";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";

export function DeleteDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  return (
    <NodeDialog
      command="delete"
      node={node}
      {...DIALOGS.delete}
      danger
      size="small"
      words={{ success: TOASTS.deleted }}
      onSubmit={(_, key, target) => deleteCandidate(target, key)}
      onClose={onClose}
    >
      <div className="grid gap-4">
        <KeyValues
          items={[
            { label: "IP", value: <code>{node.ip}</code> },
            { label: "Name", value: node.name },
          ]}
        />
        <p>{HELP.delete}</p>
        <p className="text-sm text-muted">
          Regent's key stays in authorized_keys of {node.sshUser} on the server until you remove it there.
        </p>
      </div>
    </NodeDialog>
  );
}
