"use client";

import { useState, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { SIGN_IN } from "@/lib/messages/sign-in";
import type { Refusal } from "@/lib/outcome";
import { CodeForm } from "./code-form";
import { RefusalCallout } from "./refusal-callout";
import { signInWith } from "./sign-in-with";

export function PasswordForm() {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [first, setFirst] = useState<{ email: string; password: string } | null>(null);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const credentials = { email: String(typed.get("email")), password: String(typed.get("password")) };
    setBusy(true);
    setRefusal(null);
    const answer = await signInWith("password", credentials);
    // Until the next page is there, nothing can be pressed again.
    if (answer === "in") return;
    setBusy(false);
    if (answer === "code") setFirst(credentials);
    else setRefusal(answer === "unreached" ? SIGN_IN.unreached : SIGN_IN.refused);
  };
  if (first) return <CodeForm provider="password" credentials={first} onBack={() => setFirst(null)} />;
  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      {refusal && <RefusalCallout {...refusal} />}
      <Field label={SIGN_IN.email}>
        {(control) => <Input {...control} name="email" type="email" autoComplete="username" required autoFocus />}
      </Field>
      <Field label={SIGN_IN.password}>
        {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" required />}
      </Field>
      <Button type="submit" variant="primary" busy={busy}>
        {SIGN_IN.submit}
      </Button>
    </form>
  );
}
