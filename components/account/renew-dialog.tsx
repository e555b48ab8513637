"use client";

import { useState } from "react";
import { FormDialog } from "@/components/shell/form-dialog";
import { useMade } from "@/components/shell/use-made";
import { renewCodes } from "@/lib/actions/account";
import { ACCOUNT, FACTOR } from "@/lib/messages/account";
import { refusalAt } from "@/lib/outcome";
import { CodeField } from "@/components/shell/code-field";
import { CodesDialog } from "./codes-dialog";
import { PresentField } from "./present-field";

export function RenewDialog({ hasPassword, onClose }: { hasPassword: boolean; onClose: () => void }) {
  const { busy, refusal, send } = useMade(ACCOUNT.unreached);
  const [codes, setCodes] = useState<string[] | null>(null);
  if (codes) return <CodesDialog codes={codes} onClose={onClose} />;
  const renew = async (form: FormData) => {
    const made = await send(() => renewCodes({ present: String(form.get("present") ?? ""), code: String(form.get("code")) }));
    if (made) setCodes(made.codes);
  };
  return (
    <FormDialog
      title={FACTOR.renew}
      description={FACTOR.renewHelp}
      size="small"
      submit={FACTOR.renewSubmit}
      busy={busy}
      refusal={refusal}
      onSubmit={(form) => void renew(form)}
      onClose={onClose}
    >
      <div className="grid gap-4">
        <PresentField hasPassword={hasPassword} error={refusalAt("present", refusal)} />
        <CodeField label={FACTOR.anyCode} help={FACTOR.anyCodeHelp} error={refusalAt("code", refusal)} />
      </div>
    </FormDialog>
  );
}
