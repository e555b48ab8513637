"use client";

import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { confirmNodeOff } from "@/lib/actions/nodes";
import { POWER_DIALOGS } from "@/lib/messages/power-dialogs";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";
import { VmsThatStop } from "./vms-that-stop";

const { title, submit, warning, word, done } = POWER_DIALOGS.confirmOff;

export function ConfirmOffDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  return (
    <NodeDialog
      command="confirmOff"
      node={node}
      title={title}
      submit={submit}
      danger
      words={{ success: done(node.name) }}
      onSubmit={(form, key, target) =>
        confirmNodeOff({ ...target, name: String(form.get("name")), reason: String(form.get("reason")) }, key)
      }
      onClose={onClose}
    >
      {(refusal) => (
        <div className="grid gap-4">
          <Callout kind="danger" title={warning}>
            Regent can not prove it. Your name and your reason stand in the evidence and in the event log.
          </Callout>
          <VmsThatStop node={node} />
          <Field
            label="How you know"
            required
            help="For instance: both power cords are pulled. At least 10 characters."
            error={refusal?.field === "reason" ? refusal.reason : null}
          >
            {(control) => <Textarea {...control} name="reason" rows={2} />}
          </Field>
          <Field label={word(node.name)} required error={refusal?.field === "name" ? refusal.reason : null}>
            {(control) => <Input {...control} name="name" mono autoComplete="off" />}
          </Field>
        </div>
      )}
    </NodeDialog>
  );
}
