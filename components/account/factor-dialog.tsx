"use client";

import { useState } from "react";
import { FormDialog } from "@/components/shell/form-dialog";
import { useMade } from "@/components/shell/use-made";
import { CopyText } from "@/components/ui/copy-text";
import { QrCode } from "@/components/ui/qr-code";
import { beginFactor, confirmFactor } from "@/lib/actions/account";
import { ACCOUNT, FACTOR } from "@/lib/messages/account";
import { refusalAt } from "@/lib/outcome";
import { CodeField } from "@/components/shell/code-field";
import { CodesDialog } from "./codes-dialog";
import { PresentField } from "./present-field";

type Secret = { secret: string; address: string };

/** First the password, then the secret for the app and its first code, then the recovery codes. */
export function FactorDialog({ hasPassword, onClose }: { hasPassword: boolean; onClose: () => void }) {
  const { busy, refusal, send } = useMade(ACCOUNT.unreached);
  const [secret, setSecret] = useState<Secret | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  if (codes) return <CodesDialog codes={codes} onClose={onClose} />;
  const go = async (form: FormData) => {
    if (!secret) return setSecret(await send(() => beginFactor({ present: String(form.get("present") ?? "") })));
    const confirmed = await send(() => confirmFactor({ code: String(form.get("code")) }));
    if (confirmed) setCodes(confirmed.codes);
  };
  return (
    <FormDialog
      title={FACTOR.setUpTitle}
      page={secret ? "secret" : "password"}
      submit={secret ? FACTOR.confirm : FACTOR.next}
      busy={busy}
      refusal={refusal}
      onSubmit={(form) => void go(form)}
      onClose={onClose}
    >
      {secret ? (
        <SecretPage secret={secret} error={refusalAt("code", refusal)} />
      ) : (
        <div className="grid gap-4">
          <p>{FACTOR.help}</p>
          <PresentField hasPassword={hasPassword} error={refusalAt("present", refusal)} />
        </div>
      )}
    </FormDialog>
  );
}

function SecretPage({ secret: { secret, address }, error }: { secret: Secret; error: string | null }) {
  return (
    <div className="grid gap-4">
      <p>{FACTOR.scan}</p>
      <QrCode text={address} name={FACTOR.picture} className="size-52 justify-self-center rounded-md border border-line" />
      <CopyText text={secret.replace(/(.{4})(?=.)/g, "$1 ")} name={FACTOR.secret} />
      <CodeField label={FACTOR.code} help={FACTOR.codeHelp} error={error} />
    </div>
  );
}
