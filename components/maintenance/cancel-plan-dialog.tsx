"use client";

import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { cancelPlan } from "@/lib/actions/plans";
import { isPhase, PLAN_NODE_STATES } from "@/lib/domain/maintenance-plan";
import { PLAN, PLAN_PAGE } from "@/lib/messages/plan";
import type { PlanDetail } from "@/lib/services/maintenance/plan/read";
import { useAsked } from "@/components/shell/use-asked";

export function CancelPlanDialog({ plan, onClose }: { plan: PlanDetail; onClose: () => void }) {
  const { busy, refusal, send } = useAsked(onClose, PLAN.unreached);
  const out = plan.nodes.find(({ state }) => isPhase(state));
  return (
    <Dialog
      open
      onClose={onClose}
      title={PLAN_PAGE.cancelTitle(plan.name)}
      size="small"
      busy={busy}
      refusal={refusal}
      footer={
        <>
          <DialogCancel>{PLAN_PAGE.keep}</DialogCancel>
          <Button variant="danger" busy={busy} onClick={() => void send(() => cancelPlan({ planId: plan.id }), PLAN_PAGE.cancelled)}>
            {PLAN_PAGE.cancel}
          </Button>
        </>
      }
    >
      <div className="grid gap-2">
        <p>{PLAN_PAGE.cancelHelp}</p>
        {out && <p className="font-medium">{PLAN_PAGE.cancelOut(out.nodeName, PLAN_NODE_STATES[out.state].label)}</p>}
      </div>
    </Dialog>
  );
}
