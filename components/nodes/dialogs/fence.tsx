"use client";

import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { fenceNode } from "@/lib/actions/nodes";
import { POWER_DIALOGS } from "@/lib/messages/power-dialogs";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";
import { VmsThatStop } from "./vms-that-stop";

const { title, submit, description, started, done, failed } = POWER_DIALOGS.fence;

export function FenceDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  return (
    <NodeDialog
      command="fence"
      node={node}
      title={`${title} ${node.name}`}
      description={description}
      submit={submit}
      danger
      words={{ progress: started(node.name), success: done(node.name), failure: failed }}
      onSubmit={(form, key, target) => fenceNode({ ...target, reason: String(form.get("reason")) }, key)}
      onClose={onClose}
    >
      {(refusal) => (
        <div className="grid gap-4">
          <VmsThatStop node={node} />
          <Field
            label="Reason"
            required
            help="Kept in the event log. At least 10 characters."
            error={refusal?.field === "reason" ? refusal.reason : null}
          >
            {(control) => <Textarea {...control} name="reason" rows={2} />}
          </Field>
        </div>
      )}
    </NodeDialog>
  );
}
