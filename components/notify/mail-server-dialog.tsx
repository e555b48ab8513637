"use client";

import { useState } from "react";
import { FormDialog } from "@/components/shell/form-dialog";
import { useAsked } from "@/components/shell/use-asked";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { setMailServer } from "@/lib/actions/notify";
import { SECURITIES, USUAL_PORTS, type Security } from "@/lib/domain/mail-server";
import { NOTIFY } from "@/lib/messages/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";
import { refusalAt } from "@/lib/outcome";
import type { NotifyView } from "@/lib/services/notify/read";

export type ServerView = NonNullable<NotifyView["server"]>;
const OPTIONS = Object.entries(SECURITIES).map(([value, label]) => ({ value, label }));

/** How mails leave. The password goes in and never comes out. */
export function MailServerDialog({ server, onClose }: { server: ServerView | null; onClose: () => void }) {
  const { busy, refusal, send } = useAsked(onClose, NOTIFY_PAGE.unreached);
  const [security, setSecurity] = useState<Security>(server?.security ?? "starttls");
  // null: the usual one.
  const [port, setPort] = useState(server ? String(server.port) : null);
  const error = (field: string) => refusalAt(field, refusal);
  return (
    <FormDialog
      title={NOTIFY.server}
      submit={NOTIFY.save}
      busy={busy}
      refusal={refusal}
      onSubmit={(form) => {
        const text = (name: string) => String(form.get(name) ?? "");
        const [host, sender, login, password, authority] = ["host", "sender", "login", "password", "authority"].map(text);
        const input = { host: host ?? "", port: Number(text("port")), security, login: login ?? "", password: password ?? "", authority: authority ?? "", sender: sender ?? "" }; // prettier-ignore
        void send(() => setMailServer(input), NOTIFY.saved(host ?? ""));
      }}
      onClose={onClose}
    >
      <div className="grid gap-4">
        <Field label={NOTIFY.host} required error={error("host")}>
          {(control) => <Input {...control} mono name="host" defaultValue={server?.host} autoComplete="off" />}
        </Field>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field label={NOTIFY.security} error={error("security")}>
            {(control) => (
              <Select
                {...control}
                options={OPTIONS}
                value={security}
                // The options are the securities.
                onChange={(event) => setSecurity(event.target.value as Security)}
              />
            )}
          </Field>
          <Field label={NOTIFY.port} help={NOTIFY_PAGE.usualPort(USUAL_PORTS[security])} required error={error("port")}>
            {(control) => (
              <Input
                {...control}
                name="port"
                inputMode="numeric"
                autoComplete="off"
                value={port ?? String(USUAL_PORTS[security])}
                onChange={(event) => setPort(event.target.value)}
              />
            )}
          </Field>
        </div>
        <Field label={NOTIFY.sender} help={NOTIFY.senderHelp} required error={error("sender")}>
          {(control) => <Input {...control} name="sender" type="email" defaultValue={server?.sender} autoComplete="off" />}
        </Field>
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field label={NOTIFY.login} help={NOTIFY.loginHelp} error={error("login")}>
            {(control) => <Input {...control} name="login" defaultValue={server?.login ?? ""} autoComplete="off" />}
          </Field>
          <Field label={NOTIFY.password} help={NOTIFY.passwordHelp} error={error("password")}>
            {(control) => (
              <PasswordInput
                {...control}
                name="password"
                autoComplete="off"
                placeholder={server?.hasPassword ? NOTIFY_PAGE.passwordKept : undefined}
              />
            )}
          </Field>
        </div>
        <Field label={NOTIFY.authority} help={NOTIFY.authorityHelp} error={error("authority")}>
          {(control) => <Textarea {...control} mono name="authority" rows={3} defaultValue={server?.authority ?? ""} />}
        </Field>
      </div>
    </FormDialog>
  );
}
