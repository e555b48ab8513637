"use client";

import { ShieldCheck, ShieldOff } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import { RelativeTime } from "@/components/ui/relative-time";
import { FACTOR } from "@/lib/messages/account";
import type { FactorView } from "@/lib/services/users/factor";
import { Part } from "./part";

const FactorDialog = onDemand(() => import("./factor-dialog").then((module) => module.FactorDialog));
const RenewDialog = onDemand(() => import("./renew-dialog").then((module) => module.RenewDialog));
const RemoveFactorDialog = onDemand(() => import("./remove-factor-dialog").then((module) => module.RemoveFactorDialog));

const FEW_CODES = 3;

/** Whether a sign-in asks for a code, and how that is set up and ended. */
export function Factor({ factor, hasPassword }: { factor: FactorView; hasPassword: boolean }) {
  const router = useRouter();
  const [asked, setAsked] = useState<"set-up" | "renew" | "remove" | null>(null);
  const close = () => {
    setAsked(null);
    router.refresh();
  };
  return (
    <Part title={FACTOR.title} help={FACTOR.help}>
      {factor ? (
        <>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Badge tone="positive" glyph={<ShieldCheck aria-hidden />}>
              {FACTOR.on}
            </Badge>
            <span className="text-muted">
              {FACTOR.since} <RelativeTime value={factor.since} />
            </span>
            <span>
              {FACTOR.codesLeft(factor.codesLeft)} {factor.codesLeft < FEW_CODES && FACTOR.fewCodes}
            </span>
          </p>
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setAsked("renew")}>{FACTOR.renew}</Button>
            <Button onClick={() => setAsked("remove")}>{FACTOR.remove}</Button>
          </div>
        </>
      ) : (
        <>
          <Badge tone="neutral" className="w-fit" glyph={<ShieldOff aria-hidden />}>
            {FACTOR.off}
          </Badge>
          <Button className="w-fit" onClick={() => setAsked("set-up")}>
            {FACTOR.setUp}
          </Button>
        </>
      )}
      {asked === "set-up" && <FactorDialog hasPassword={hasPassword} onClose={close} />}
      {asked === "renew" && <RenewDialog hasPassword={hasPassword} onClose={close} />}
      {asked === "remove" && <RemoveFactorDialog hasPassword={hasPassword} onClose={close} />}
    </Part>
  );
}
