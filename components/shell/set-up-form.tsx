"use client";

import { useRef, useState, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { setUpRegent } from "@/lib/actions/set-up";
import { SET_UP, SIGN_IN } from "@/lib/messages/sign-in";
import { refusalAt, type Refusal } from "@/lib/outcome";
import { RefusalCallout } from "./refusal-callout";
import { signInWith } from "./sign-in-with";
import { useRefusedField } from "./use-refused-field";

export function SetUpForm() {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const unsaid = useRefusedField(form, refusal);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const account = { name: String(typed.get("name")), email: String(typed.get("email")), password: String(typed.get("password")) };
    setBusy(true);
    setRefusal(null);
    const outcome = await setUpRegent({ ...account, token: location.hash.slice(1) }).catch((): Refusal => SIGN_IN.unreached);
    if (!outcome.ok) {
      setBusy(false);
      return setRefusal(outcome);
    }
    // The account is there; whoever can not be signed in with it now signs in by hand.
    if ((await signInWith("password", { email: account.email, password: account.password })) !== "in") location.assign("/login");
  };
  return (
    <form ref={form} noValidate className="grid gap-4" onSubmit={(event) => void submit(event)}>
      {unsaid && <RefusalCallout {...unsaid} />}
      <Field label={SET_UP.name} error={refusalAt("name", refusal)}>
        {(control) => <Input {...control} name="name" autoComplete="name" autoFocus />}
      </Field>
      <Field label={SIGN_IN.email} error={refusalAt("email", refusal)}>
        {(control) => <Input {...control} name="email" type="email" autoComplete="username" />}
      </Field>
      <Field label={SIGN_IN.password} help={SET_UP.passwordHelp} error={refusalAt("password", refusal)}>
        {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" />}
      </Field>
      <Button type="submit" variant="primary" busy={busy}>
        {SET_UP.submit}
      </Button>
    </form>
  );
}
