"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { SIGN_OUT } from "@/lib/messages/console";
import { useLeaving } from "./live-updates";

/** Fetched with the press: nothing else on a page needs it. */
export function SignOut() {
  const [busy, setBusy] = useState(false);
  const setLeaving = useLeaving();
  const press = async () => {
    setBusy(true);
    setLeaving(true);
    try {
      const { signOut } = await import("next-auth/react");
      await signOut({ callbackUrl: "/login" });
    } catch {
      setBusy(false);
      setLeaving(false);
      toast.error(SIGN_OUT.unreached, { duration: Infinity }); // no connection, in one of its two steps
    }
  };
  return (
    <Button className="w-full" busy={busy} onClick={() => void press()}>
      Sign out
    </Button>
  );
}
