"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { signInWith } from "./password-form";

/** The link's token stands behind "#" and is used by a press, not by opening the page: a mail scanner must not use it up. */
export function LinkForm() {
  const [state, setState] = useState<"idle" | "busy" | "refused">("idle");
  const press = async () => {
    setState("busy");
    if (!(await signInWith("link", { token: location.hash.slice(1) }).catch(() => false))) setState("refused");
  };
  return (
    <>
      {state === "refused" ? (
        <Callout kind="danger" role="alert" title="This link does not sign in any more.">
          It was used already or has expired. Restart Regent: it prints a new one as long as no administrator has a password.
        </Callout>
      ) : (
        <p className="text-muted">The link works once. It signs you in as the administrator it was made for.</p>
      )}
      <Button variant="primary" busy={state === "busy"} onClick={() => void press()}>
        Sign in
      </Button>
    </>
  );
}
