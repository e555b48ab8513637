"use client";

import { FormDialog } from "@/components/shell/form-dialog";
import { useAsked } from "@/components/shell/use-asked";
import { removeFactor } from "@/lib/actions/account";
import { ACCOUNT, FACTOR } from "@/lib/messages/account";
import { refusalAt } from "@/lib/outcome";
import { CodeField } from "@/components/shell/code-field";
import { PresentField } from "./present-field";

export function RemoveFactorDialog({ hasPassword, onClose }: { hasPassword: boolean; onClose: () => void }) {
  const { busy, refusal, send } = useAsked(onClose, ACCOUNT.unreached);
  return (
    <FormDialog
      title={FACTOR.removeTitle}
      description={FACTOR.removeHelp}
      size="small"
      submit={FACTOR.remove}
      danger
      busy={busy}
      refusal={refusal}
      onSubmit={(form) => {
        const proof = { present: String(form.get("present") ?? ""), code: String(form.get("code")) };
        void send(() => removeFactor(proof), FACTOR.removed);
      }}
      onClose={onClose}
    >
      <div className="grid gap-4">
        <PresentField hasPassword={hasPassword} error={refusalAt("present", refusal)} />
        <CodeField label={FACTOR.anyCode} help={FACTOR.anyCodeHelp} error={refusalAt("code", refusal)} />
      </div>
    </FormDialog>
  );
}
