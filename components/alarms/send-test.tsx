"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { sendAlarmTest } from "@/lib/actions/alarms";
import { ALARM_FORM } from "@/lib/messages/alarm-form";
import { ALARMS } from "@/lib/messages/alarms-page";
import type { Refusal } from "@/lib/outcome";
import { nameOf, type Typed } from "./form-state";

/** Tells whoever is chosen in the form that this is a test, by the way that the alarm will take. */
export function SendTest({ typed, refused }: { typed: Typed; refused: string | undefined }) {
  const [busy, setBusy] = useState(false);
  const targetIds = [...new Set(Object.values(typed.actions).flat())];
  const send = async () => {
    setBusy(true);
    const outcome = await sendAlarmTest({ targetIds, alarm: nameOf(typed) || null }).catch((): Refusal => ALARMS.unreached);
    setBusy(false);
    if (outcome.ok) toast.success(ALARM_FORM.tested(outcome.value.sent));
    else toast.error([outcome.reason, outcome.hint].filter(Boolean).join(" "), { duration: Infinity });
  };
  return (
    <div className="me-auto">
      <Button busy={busy} disabledReason={refused ?? (targetIds.length === 0 ? ALARM_FORM.noTest : undefined)} onClick={() => void send()}>
        {ALARM_FORM.sendTest}
      </Button>
    </div>
  );
}
