"use client";

import { useEffect, useRef, useState, type ReactNode, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { INVITATION, SET_UP, SIGN_IN } from "@/lib/messages/sign-in";
import { refusalAt, type Outcome, type Refusal } from "@/lib/outcome";
import { CodeForm } from "./code-form";
import { RefusalCallout } from "./refusal-callout";
import { signInWith } from "./sign-in-with";
import { useRefusedField } from "./use-refused-field";

type NewPasswordFormProps<Known> = {
  words: { reading: string; password: string; submit: string };
  /** Whose the link is; it goes on to work. */
  read: (input: { token: string }) => Promise<Outcome<Known>>;
  /** Uses the link up. */
  spend: (input: { token: string; password: string }) => Promise<Outcome<{ email: string }>>;
  children: (known: Known) => ReactNode;
};

/** A password for the account of a link that works once, and the sign-in with it. The token stands behind "#", so that no server's log has it. */
export function NewPasswordForm<Known extends { email: string }>({ words, read, spend, children }: NewPasswordFormProps<Known>) {
  const [known, setKnown] = useState<Outcome<Known> | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [first, setFirst] = useState<{ email: string; password: string } | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const unsaid = useRefusedField(form, refusal);
  useEffect(() => {
    void read({ token: location.hash.slice(1) }).then(setKnown, () => setKnown(INVITATION.unreached));
  }, [read]);
  if (first) return <CodeForm provider="password" credentials={first} onBack={() => location.assign("/login")} />;
  if (!known) return <p className="text-muted">{words.reading}</p>;
  if (!known.ok) return <RefusalCallout {...known} />;
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get("password"));
    setBusy(true);
    setRefusal(null);
    const outcome = await spend({ token: location.hash.slice(1), password }).catch((): Refusal => INVITATION.unreached);
    if (!outcome.ok) {
      setBusy(false);
      return setRefusal(outcome);
    }
    const credentials = { email: outcome.value.email, password };
    const answer = await signInWith("password", credentials);
    if (answer === "code") setFirst(credentials);
    // The password holds; whoever can not be signed in with it now signs in by hand.
    else if (answer !== "in") location.assign("/login");
  };
  return (
    <form ref={form} noValidate className="grid gap-4" onSubmit={(event) => void submit(event)}>
      {unsaid && <RefusalCallout {...unsaid} />}
      {children(known.value)}
      <Field label={SIGN_IN.email}>
        {(control) => <Input {...control} name="email" type="email" autoComplete="username" readOnly value={known.value.email} />}
      </Field>
      <Field label={words.password} help={SET_UP.passwordHelp} error={refusalAt("password", refusal)}>
        {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" autoFocus />}
      </Field>
      <Button type="submit" variant="primary" busy={busy}>
        {words.submit}
      </Button>
    </form>
  );
}
