"use client";

import { useState } from "react";
import { FormDialog } from "@/components/shell/form-dialog";
import { useAsked } from "@/components/shell/use-asked";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { Select } from "@/components/ui/select";
import { addTarget, changeTarget } from "@/lib/actions/notify";
import { NOTIFY } from "@/lib/messages/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";
import { refusalAt } from "@/lib/outcome";
import type { TargetView } from "@/lib/services/notify/read";

type Body = NonNullable<TargetView["body"]>;
const BODIES = Object.entries(NOTIFY.bodies).map(([value, label]) => ({ value, label }));

type TargetDialogProps = { kind: TargetView["kind"]; target: TargetView | null; onClose: () => void };

/** Somebody who can be told: new, or changed. */
export function TargetDialog({ kind, target, onClose }: TargetDialogProps) {
  const { busy, refusal, send } = useAsked(onClose, NOTIFY_PAGE.unreached);
  const [body, setBody] = useState<Body>(target?.body ?? "regent");
  const error = (field: string) => refusalAt(field, refusal);
  const isNew = target === null;
  return (
    <FormDialog
      title={target ? NOTIFY_PAGE.changeTarget(target.name) : kind === "email" ? NOTIFY_PAGE.addEmail : NOTIFY_PAGE.addWebhook}
      submit={isNew ? NOTIFY_PAGE.add : NOTIFY_PAGE.save}
      busy={busy}
      refusal={refusal}
      onSubmit={(form) => {
        const text = (name: string) => String(form.get(name) ?? "").trim();
        const [name, address] = [text("name"), text("address")];
        const named = name || (kind === "email" ? address : "");
        const input = kind === "email" ? { kind, name: named, address } : { kind, name: named, address, body, secret: text("secret") };
        const save = () => (target ? changeTarget({ targetId: target.id, ...input }) : addTarget(input));
        void send(save, target ? NOTIFY.changed(named) : NOTIFY.added(named));
      }}
      onClose={onClose}
    >
      <div className="grid gap-4">
        <Field label={kind === "email" ? NOTIFY.address : NOTIFY_PAGE.url} required error={error("address")}>
          {(control) => (
            <Input
              {...control}
              mono={kind === "webhook"}
              name="address"
              type={kind === "email" ? "email" : "url"}
              defaultValue={target?.address}
              autoComplete="off"
            />
          )}
        </Field>
        <Field
          label={NOTIFY.name}
          help={kind === "email" ? NOTIFY_PAGE.nameHelp.email : NOTIFY_PAGE.nameHelp.webhook}
          required={kind === "webhook"}
          error={error("name")}
        >
          {(control) => <Input {...control} name="name" maxLength={60} defaultValue={target?.name} autoComplete="off" />}
        </Field>
        {kind === "webhook" && (
          <>
            <Field label={NOTIFY_PAGE.form} error={error("body")}>
              {(control) => (
                <Select
                  {...control}
                  options={BODIES}
                  value={body}
                  // The options are the bodies.
                  onChange={(event) => setBody(event.target.value as Body)}
                />
              )}
            </Field>
            {body === "slack" ? (
              <p className="text-sm text-muted">{NOTIFY.secretHelp.slack}</p>
            ) : (
              <Field label={NOTIFY.secret} help={NOTIFY.secretHelp[body]} required={isNew} error={error("secret")}>
                {(control) => (
                  <PasswordInput
                    {...control}
                    name="secret"
                    autoComplete="off"
                    placeholder={target?.hasSecret ? NOTIFY_PAGE.secretKept : undefined}
                  />
                )}
              </Field>
            )}
          </>
        )}
      </div>
    </FormDialog>
  );
}
