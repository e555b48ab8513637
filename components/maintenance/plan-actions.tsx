"use client";

import { useState } from "react";
import { useConsole } from "@/components/shell/console-context";
import { Button } from "@/components/ui/button";
import { onDemand } from "@/components/ui/on-demand";
import { PLAN_STATES } from "@/lib/domain/maintenance-plan";
import { permissionRefusal, permits } from "@/lib/domain/permissions";
import { PLAN_PAGE } from "@/lib/messages/plan";
import type { PlanDetail } from "@/lib/services/maintenance/plan/read";

const CancelPlanDialog = onDemand(() => import("./cancel-plan-dialog").then((module) => module.CancelPlanDialog));
const GoOnDialog = onDemand(() => import("./go-on-dialog").then((module) => module.GoOnDialog));

/** What can be done with a plan that is not over. */
export function PlanActions({ plan }: { plan: PlanDetail }) {
  const { user } = useConsole();
  const [asked, setAsked] = useState<"cancel" | "go-on" | "skip" | null>(null);
  const close = () => setAsked(null);
  if (!PLAN_STATES[plan.state].open) return null;
  const reason = permits(user.role, "maintenance.plan") ? undefined : permissionRefusal("maintenance.plan").reason;
  const failed = plan.nodes.find(({ state }) => state === "failed");
  return (
    <>
      <Button disabledReason={reason} onClick={() => setAsked("cancel")}>
        {PLAN_PAGE.cancel}
      </Button>
      {plan.state === "stopped" && failed && (
        <Button disabledReason={reason} onClick={() => setAsked("skip")}>
          {PLAN_PAGE.skip}
        </Button>
      )}
      {plan.state === "stopped" && (
        <Button variant="primary" disabledReason={reason} onClick={() => setAsked("go-on")}>
          {PLAN_PAGE.goOn}
        </Button>
      )}
      {asked === "cancel" && <CancelPlanDialog plan={plan} onClose={close} />}
      {(asked === "go-on" || asked === "skip") && <GoOnDialog plan={plan} skip={asked === "skip"} onClose={close} />}
    </>
  );
}
