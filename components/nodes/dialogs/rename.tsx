"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { renameNode } from "@/lib/actions/nodes";
import { DIALOGS, FIELDS, HELP, TOASTS } from "@/lib/messages/mission";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";

export function RenameDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  return (
    <NodeDialog
      command="rename"
      node={node}
      {...DIALOGS.rename}
      description={HELP.rename}
      size="small"
      words={(form: FormData) => ({ success: TOASTS.renamed(node.name, String(form.get("name"))) })}
      onSubmit={(form, key, target) =>
        renameNode({ ...target, name: String(form.get("name")), description: String(form.get("description")) }, key)
      }
      onClose={onClose}
    >
      {(refusal) => (
        <div className="grid gap-4">
          <Field
            label={FIELDS.name}
            required
            help="Letters, digits and . - _, up to 63."
            error={refusal?.field === "name" ? refusal.reason : null}
          >
            {(control) => <Input {...control} name="name" defaultValue={node.name} autoComplete="off" />}
          </Field>
          <Field
            label={FIELDS.description}
            help="Optional, up to 500 characters."
            error={refusal?.field === "description" ? refusal.reason : null}
          >
            {(control) => <Textarea {...control} name="description" defaultValue={node.description} rows={3} />}
          </Field>
        </div>
      )}
    </NodeDialog>
  );
}
