"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SIGN_IN, SIGN_IN_LINK } from "@/lib/messages/sign-in";
import type { Refusal } from "@/lib/outcome";
import { CodeForm } from "./code-form";
import { RefusalCallout } from "./refusal-callout";
import { signInWith } from "./sign-in-with";

/** The link's token stands behind "#" and is used by a press, not by opening the page: a mail scanner must not use it up. */
export function LinkForm() {
  const [state, setState] = useState<"idle" | "busy" | "code">("idle");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const press = async () => {
    setState("busy");
    setRefusal(null);
    const answer = await signInWith("link", { token: location.hash.slice(1) });
    if (answer === "in") return;
    setState(answer === "code" ? "code" : "idle");
    if (answer !== "code") setRefusal(answer === "unreached" ? SIGN_IN.unreached : SIGN_IN_LINK.refused);
  };
  if (state === "code") return <CodeForm provider="link" credentials={{ token: location.hash.slice(1) }} onBack={() => setState("idle")} />;
  return (
    <>
      {refusal ? <RefusalCallout {...refusal} /> : <p className="text-muted">{SIGN_IN_LINK.help}</p>}
      <Button variant="primary" busy={state === "busy"} onClick={() => void press()}>
        {SIGN_IN.submit}
      </Button>
    </>
  );
}
