"use client";

import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { rejectNode } from "@/lib/actions/nodes";
import { HELP, TOASTS } from "@/lib/messages/mission";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";

export function RejectDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  return (
    <NodeDialog
      command="reject"
      node={node}
      title={`Reject ${node.name}`}
      description={HELP.reject}
      submit="Reject"
      size="small"
      words={{ success: TOASTS.rejected(node.name) }}
      onSubmit={(form, key, target) => rejectNode({ ...target, reason: String(form.get("reason")) }, key)}
      onClose={onClose}
    >
      {(refusal) => (
        <Field
          label="Reason"
          help="Optional. Shown beside the status and kept in the event log."
          error={refusal?.field === "reason" ? refusal.reason : null}
        >
          {(control) => <Textarea {...control} name="reason" maxLength={500} rows={3} />}
        </Field>
      )}
    </NodeDialog>
  );
}
