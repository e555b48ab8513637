"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { verifyEvents } from "@/lib/actions/events";

/** Recomputes the hash of every event, and says whether the log is as it was written. */
export function VerifyChain() {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState("");
  const verify = async () => {
    setBusy(true);
    const outcome = await verifyEvents({}).catch(() => null);
    setBusy(false);
    if (!outcome) return setSaid("Regent did not answer. Try again.");
    if (!outcome.ok) return setSaid(outcome.reason);
    const { count, brokenAt } = outcome.value;
    setSaid(brokenAt ? `The log was tampered with at event ${brokenAt}.` : `${count} events, each as it was written.`);
  };
  return (
    <>
      <span role="status" className="text-sm text-muted">
        {said}
      </span>
      <Button busy={busy} onClick={() => void verify()}>
        Verify
      </Button>
    </>
  );
}
