import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { PLAN } from "@/lib/messages/plan";
import type { Outcome, Refusal } from "@/lib/outcome";

/** Asks the server something about a plan, says what came of it and reads the page anew. */
export function useAsked(onClose: () => void) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const send = async (ask: () => Promise<Outcome>, success: string) => {
    setBusy(true);
    setRefusal(null);
    const outcome = await ask().catch((): Refusal => PLAN.unreached);
    setBusy(false);
    if (!outcome.ok) return setRefusal(outcome);
    onClose();
    router.refresh();
    toast.success(success);
  };
  return { busy, refusal, send };
}
