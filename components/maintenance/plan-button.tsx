"use client";

import { useDialogAddress } from "@/components/nodes/dialogs/address";
import { useConsole } from "@/components/shell/console-context";
import { Button } from "@/components/ui/button";
import { permissionRefusal, permits } from "@/lib/domain/permissions";
import { PLAN } from "@/lib/messages/plan";

export function PlanButton() {
  const { user } = useConsole();
  const { openMany } = useDialogAddress();
  const reason = permits(user.role, "maintenance.plan") ? undefined : permissionRefusal("maintenance.plan").reason;
  return (
    <Button variant="primary" disabledReason={reason} onClick={() => openMany("plan", [])}>
      {PLAN.plan}
    </Button>
  );
}
