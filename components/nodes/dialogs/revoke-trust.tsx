"use client";

import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { revokeHostKey } from "@/lib/actions/nodes";
import { HOST_KEYS } from "@/lib/messages/host-keys";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";

export function RevokeTrustDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  return (
    <NodeDialog
      command="revokeTrust"
      node={node}
      title={HOST_KEYS.revokeOf(node.name)}
      description={HOST_KEYS.revokeHelp}
      submit={HOST_KEYS.revoke}
      size="small"
      danger
      words={{ success: HOST_KEYS.revoked(node.name) }}
      onSubmit={(form, _key, target) => revokeHostKey({ ...target, reason: String(form.get("reason")) })}
      onClose={onClose}
    >
      {(refusal) => (
        <Field label="Reason" required help={HOST_KEYS.reasonHelp} error={refusal?.field === "reason" ? refusal.reason : null}>
          {(control) => <Textarea {...control} name="reason" rows={2} />}
        </Field>
      )}
    </NodeDialog>
  );
}
