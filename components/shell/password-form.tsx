"use client";

import { signIn } from "next-auth/react";
import { useState, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { SIGN_IN } from "@/lib/messages/sign-in";

/** Signs in and returns whether it worked; a full load follows, so that nothing of the signed-out pages is kept. */
export async function signInWith(provider: "password" | "link", credentials: Record<string, string>): Promise<boolean> {
  const answer = await signIn(provider, { ...credentials, redirect: false });
  if (!answer?.ok || answer.error) return false;
  location.assign("/nodes");
  return true;
}

export function PasswordForm() {
  const [state, setState] = useState<"idle" | "busy" | "refused">("idle");
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    setState("busy");
    const signedIn = await signInWith("password", { email: String(typed.get("email")), password: String(typed.get("password")) }).catch(
      () => false,
    );
    if (!signedIn) setState("refused");
  };
  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      {state === "refused" && (
        <Callout kind="danger" role="alert" title={SIGN_IN.refused}>
          {SIGN_IN.refusedHelp}
        </Callout>
      )}
      <Field label={SIGN_IN.email}>
        {(control) => <Input {...control} name="email" type="email" autoComplete="username" required autoFocus />}
      </Field>
      <Field label={SIGN_IN.password}>
        {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" required />}
      </Field>
      <Button type="submit" variant="primary" busy={state === "busy"}>
        {SIGN_IN.submit}
      </Button>
    </form>
  );
}
