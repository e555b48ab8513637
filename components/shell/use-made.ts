import { useState } from "react";
import type { Outcome, Refusal } from "@/lib/outcome";

/** Asks the server for something that is shown afterwards: answers what was made, or null when it was refused. `unreached` is what to say when it does not answer. */
export function useMade(unreached: Refusal) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const send = async <Made>(ask: () => Promise<Outcome<Made>>): Promise<Made | null> => {
    setBusy(true);
    setRefusal(null);
    const outcome = await ask().catch((): Refusal => unreached);
    setBusy(false);
    if (outcome.ok) return outcome.value;
    setRefusal(outcome);
    return null;
  };
  return { busy, refusal, send };
}
