"use client";

import { FormDialog } from "@/components/shell/form-dialog";
import { useAsked } from "@/components/shell/use-asked";
import { Field } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";
import { changePassword } from "@/lib/actions/account";
import { ACCOUNT } from "@/lib/messages/account";
import { refusalAt } from "@/lib/outcome";
import { PresentField } from "./present-field";

type PasswordDialogProps = { hasPassword: boolean; onClose: () => void };

export function PasswordDialog({ hasPassword, onClose }: PasswordDialogProps) {
  const { busy, refusal, send } = useAsked(onClose, ACCOUNT.unreached);
  return (
    <FormDialog
      title={ACCOUNT.change}
      size="small"
      submit={ACCOUNT.save}
      busy={busy}
      refusal={refusal}
      onSubmit={(form) => {
        const typed = { present: String(form.get("present") ?? ""), password: String(form.get("password")) };
        void send(() => changePassword(typed), ACCOUNT.changed);
      }}
      onClose={onClose}
    >
      <div className="grid gap-4">
        <PresentField hasPassword={hasPassword} error={refusalAt("present", refusal)} />
        <Field label={ACCOUNT.next} required help={ACCOUNT.nextHelp} error={refusalAt("password", refusal)}>
          {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" />}
        </Field>
      </div>
    </FormDialog>
  );
}
