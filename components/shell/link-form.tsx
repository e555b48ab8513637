"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SIGN_IN, SIGN_IN_LINK } from "@/lib/messages/sign-in";
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
        <Callout kind="danger" role="alert" title={SIGN_IN_LINK.refused}>
          {SIGN_IN_LINK.refusedHelp}
        </Callout>
      ) : (
        <p className="text-muted">{SIGN_IN_LINK.help}</p>
      )}
      <Button variant="primary" busy={state === "busy"} onClick={() => void press()}>
        {SIGN_IN.submit}
      </Button>
    </>
  );
}
