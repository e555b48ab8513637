"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { KeyValues } from "@/components/ui/key-values";
import { PasswordInput } from "@/components/ui/password-input";
import { modifyCandidate } from "@/lib/actions/nodes";
import { DIALOGS, FIELDS, HELP } from "@/lib/messages/mission";
import { MacFields } from "../mac-fields";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";
import { MODIFY_WORDS } from "./words";

export function ModifyDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  const [macs, setMacs] = useState(node.convergedMacs);
  const typed = (form: FormData) => ({ user: String(form.get("user")), password: String(form.get("password")) });
  return (
    <NodeDialog
      command="modify"
      node={node}
      {...DIALOGS.modify}
      description={HELP.ipFixed}
      words={MODIFY_WORDS}
      onSubmit={(form, key, target) => modifyCandidate({ ...target, ...typed(form), macs: macs.filter(Boolean) }, key)}
      onClose={onClose}
    >
      {(refusal) => (
        <div className="grid gap-4">
          <KeyValues
            items={[
              { label: FIELDS.ip, value: <code>{node.ip}</code> },
              { label: FIELDS.accessMacs, value: <code>{node.accessMacs.join(", ")}</code> },
            ]}
          />
          <Field label={FIELDS.user} error={refusal?.field === "user" ? refusal.reason : null}>
            {(control) => <Input {...control} name="user" defaultValue={node.sshUser} mono autoComplete="off" />}
          </Field>
          <Field label={FIELDS.password} help={HELP.password} error={refusal?.field === "password" ? refusal.reason : null}>
            {(control) => <PasswordInput {...control} name="password" placeholder="Unchanged" autoComplete="off" />}
          </Field>
          <MacFields
            macs={macs}
            onChange={setMacs}
            links={node.inventory?.links ?? []}
            error={refusal?.field?.startsWith("macs") ? refusal.reason : null}
          />
        </div>
      )}
    </NodeDialog>
  );
}
