"use client";

import { useState, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { setUpRegent } from "@/lib/actions/set-up";
import { SET_UP, SIGN_IN } from "@/lib/messages/sign-in";
import type { Refusal } from "@/lib/outcome";
import { signInWith } from "./password-form";

export function SetUpForm() {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const account = { name: String(typed.get("name")), email: String(typed.get("email")), password: String(typed.get("password")) };
    setBusy(true);
    const outcome = await setUpRegent({ ...account, token: location.hash.slice(1) });
    if (outcome.ok) return void (await signInWith("password", account));
    setBusy(false);
    setRefusal(outcome);
  };
  const error = (field: string) => (refusal?.field === field ? refusal.reason : null);
  return (
    <form noValidate className="grid gap-4" onSubmit={(event) => void submit(event)}>
      {refusal && !refusal.field && (
        <Callout kind="danger" role="alert" title={refusal.reason}>
          {refusal.hint}
        </Callout>
      )}
      <Field label={SET_UP.name} error={error("name")}>
        {(control) => <Input {...control} name="name" autoComplete="name" autoFocus />}
      </Field>
      <Field label={SIGN_IN.email} error={error("email")}>
        {(control) => <Input {...control} name="email" type="email" autoComplete="username" />}
      </Field>
      <Field label={SIGN_IN.password} help={SET_UP.passwordHelp} error={error("password")}>
        {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" />}
      </Field>
      <Button type="submit" variant="primary" busy={busy}>
        {SET_UP.submit}
      </Button>
    </form>
  );
}
