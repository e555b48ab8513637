"use client";

import { useEffect, useRef } from "react";
import { CopyText } from "@/components/ui/copy-text";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { FIELDS, HELP } from "@/lib/messages/mission";
import { refusalAt } from "@/lib/outcome";
import { OperationLadder, rungsOf } from "../operation-ladder";
import { ROLE_OPTIONS } from "../role-options";
import { HostKeyHelp } from "./host-key";
import type { AddWizard } from "./use-add-candidate";

/** The Info step: address and credentials, and the ladder that shows how far Regent gets with them. */
export function AddInfo({ wizard }: { wizard: AddWizard }) {
  const { info, set, refusal, contact, inspecting } = wizard;
  const error = (field: string) => refusalAt(field, refusal);
  const rungs = [
    ...rungsOf(contact, contact?.hostKey ? { hostKey: { content: <TrustHostKey wizard={wizard} />, waits: wizard.trusted === null } } : {}),
    ...rungsOf(inspecting),
  ];
  const ladder = useRef<HTMLDivElement>(null);
  // The rungs that climb after Next lie below the fold of a small screen.
  useEffect(() => {
    if (inspecting?.status === "running") ladder.current?.scrollIntoView({ block: "end" });
  }, [inspecting?.status]);
  return (
    <div className="grid gap-4">
      <Field
        label={FIELDS.ip}
        required
        help="IPv4. Regent reads the host key as soon as it is complete; no credential is sent before you trust it."
        error={error("ip")}
      >
        {(control) => (
          <Input
            {...control}
            name="ip"
            mono
            inputMode="decimal"
            autoComplete="off"
            value={info.ip}
            onChange={(event) => set({ ip: event.target.value })}
            onBlur={() => void wizard.test()}
          />
        )}
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={FIELDS.user} required error={error("user")}>
          {(control) => (
            <Input
              {...control}
              name="user"
              mono
              autoComplete="off"
              value={info.user}
              onChange={(event) => set({ user: event.target.value })}
            />
          )}
        </Field>
        <Field label={FIELDS.password} required error={error("password")}>
          {(control) => (
            <PasswordInput
              {...control}
              name="password"
              autoComplete="off"
              value={info.password}
              onChange={(event) => set({ password: event.target.value })}
            />
          )}
        </Field>
      </div>
      <p className="text-sm text-muted">{HELP.password}</p>
      <Field label={FIELDS.role} error={error("role")}>
        {(control) => (
          <Select
            {...control}
            name="role"
            value={info.role}
            options={ROLE_OPTIONS}
            onChange={(event) => set({ role: event.target.value === "Control" ? "Control" : "Worker" })}
          />
        )}
      </Field>
      <div ref={ladder}>
        <OperationLadder label="Connection test" rungs={rungs} />
      </div>
    </div>
  );
}

function TrustHostKey({ wizard }: { wizard: AddWizard }) {
  const { contact, trusted, setTrusted } = wizard;
  if (!contact?.hostKey) return null;
  const { type, sha256 } = contact.hostKey;
  return (
    <div className="grid gap-2">
      <CopyText name="fingerprint" text={sha256} />
      <HostKeyHelp type={type} />
      <RadioCards
        legend="Is this the server's own key?"
        name="trust"
        value={trusted ?? ""}
        onValueChange={(value) => setTrusted(value === "verified" ? "verified" : "unverified")}
        options={[
          {
            value: "verified",
            label: "The fingerprint matches, trust this host key",
            description: "You compared it on the server's own screen.",
          },
          {
            value: "unverified",
            label: "Trust it without comparing",
            description: "Recorded as such. Someone between could receive the password.",
          },
        ]}
      />
    </div>
  );
}
