import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "@/components/ui/toast";
import type { Outcome, Refusal } from "@/lib/outcome";

/** Asks the server for something, says what came of it and reads the page anew. `unreached` is what to say when it does not answer. */
export function useAsked(onClose: () => void, unreached: Refusal) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const send = async (ask: () => Promise<Outcome<unknown>>, success: string) => {
    setBusy(true);
    setRefusal(null);
    const outcome = await ask().catch((): Refusal => unreached);
    setBusy(false);
    if (!outcome.ok) return setRefusal(outcome);
    onClose();
    router.refresh();
    toast.success(success);
  };
  return { busy, refusal, send };
}
