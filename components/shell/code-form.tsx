"use client";

import { useState, type SubmitEvent } from "react";
import { Button } from "@/components/ui/button";
import { SIGN_IN, SIGN_IN_CODE } from "@/lib/messages/sign-in";
import type { Refusal } from "@/lib/outcome";
import { CodeField } from "./code-field";
import { RefusalCallout } from "./refusal-callout";
import { signInWith } from "./sign-in-with";

type CodeFormProps = { provider: "password" | "link"; credentials: Record<string, string>; onBack: () => void };

/** The second step of a sign-in: the first is sent again with the code, because nothing of a half sign-in is kept on the server. */
export function CodeForm({ provider, credentials, onBack }: CodeFormProps) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code"));
    setBusy(true);
    setRefusal(null);
    const answer = await signInWith(provider, { ...credentials, code });
    if (answer === "in") return;
    setBusy(false);
    setRefusal(answer === "unreached" ? SIGN_IN.unreached : SIGN_IN_CODE.refused);
  };
  return (
    <form aria-label={SIGN_IN_CODE.title} className="grid gap-4" onSubmit={(event) => void submit(event)}>
      {refusal && <RefusalCallout {...refusal} />}
      <CodeField label={SIGN_IN_CODE.code} help={SIGN_IN_CODE.help} error={null} autoFocus />
      <Button type="submit" variant="primary" busy={busy}>
        {SIGN_IN_CODE.submit}
      </Button>
      <Button onClick={onBack}>{SIGN_IN_CODE.back}</Button>
    </form>
  );
}
