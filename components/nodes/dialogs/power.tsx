"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { setPower } from "@/lib/actions/nodes";
import { POWER_DIALOGS } from "@/lib/messages/power-dialogs";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";

const { title, submit, description, password, started, done, failed } = POWER_DIALOGS.power;

export function PowerDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  const { power } = node;
  const typed = (form: FormData) => ({
    address: String(form.get("address")),
    port: String(form.get("port")),
    login: String(form.get("login")),
    password: String(form.get("password")),
  });
  return (
    <NodeDialog
      command="power"
      node={node}
      title={`${title} of ${node.name}`}
      description={description}
      submit={submit}
      words={{ progress: started(node.name), success: done(node.name), failure: failed }}
      onSubmit={(form, key, target) => setPower({ ...target, ...typed(form) }, key)}
      onClose={onClose}
    >
      {(refusal) => {
        const wrong = (field: string) => (refusal?.field === field ? refusal.reason : null);
        return (
          <div className="grid gap-4">
            <div className="grid items-start gap-4 min-[480px]:grid-cols-[minmax(0,1fr)_8rem]">
              <Field label="BMC address" required help="IPv4, in a management network." error={wrong("address")}>
                {(control) => <Input {...control} name="address" defaultValue={power?.address} mono autoComplete="off" />}
              </Field>
              <Field label="Port" error={wrong("port")}>
                {(control) => (
                  <Input {...control} name="port" defaultValue={power?.port ?? 623} inputMode="numeric" mono autoComplete="off" />
                )}
              </Field>
            </div>
            <Field label="BMC user" required help="With the Operator privilege or more." error={wrong("login")}>
              {(control) => <Input {...control} name="login" defaultValue={power?.login} mono autoComplete="off" />}
            </Field>
            <Field label="BMC password" required={!power} help={password} error={wrong("password")}>
              {(control) => <PasswordInput {...control} name="password" placeholder={power ? "Unchanged" : ""} autoComplete="off" />}
            </Field>
          </div>
        );
      }}
    </NodeDialog>
  );
}
