"use client";

import { useContext } from "react";
import { FormDialog } from "@/components/shell/form-dialog";
import { TimeZoneContext } from "@/components/ui/time-zone";
import { goOnWithPlan } from "@/lib/actions/plans";
import { PLAN, PLAN_DIALOG, PLAN_PAGE } from "@/lib/messages/plan";
import { refusalAt } from "@/lib/outcome";
import type { PlanDetail } from "@/lib/services/maintenance/plan/read";
import { MomentField, momentOf, useZoneName } from "@/components/ui/moment-field";
import { useAsked } from "@/components/shell/use-asked";

/** Tries the node again at which the plan stopped, or leaves it as it is. A window that is over gets a new end. */
export function GoOnDialog({ plan, skip, onClose }: { plan: PlanDetail; skip: boolean; onClose: () => void }) {
  const { busy, refusal, send } = useAsked(onClose, PLAN.unreached);
  const zone = useContext(TimeZoneContext);
  const zoneName = useZoneName();
  const failed = plan.nodes.find(({ state }) => state === "failed")?.nodeName ?? null;
  const over = (plan.windowTo !== null && Date.parse(plan.windowTo) <= Date.now()) || refusal?.field === "to";
  const goOn = (form: HTMLFormElement) =>
    send(() => goOnWithPlan({ planId: plan.id, skip, ...(over ? { to: momentOf(form, "to", zone) } : {}) }), PLAN_PAGE.continued);
  return (
    <FormDialog
      title={skip && failed ? PLAN_PAGE.skipTitle(failed) : PLAN_PAGE.goOnTitle(plan.name)}
      size="small"
      submit={skip ? PLAN_PAGE.skip : PLAN_PAGE.goOn}
      busy={busy}
      refusal={refusal}
      onSubmit={(_form, element) => void goOn(element)}
      onClose={onClose}
    >
      <div className="grid gap-4">
        <p>{skip && failed ? PLAN_PAGE.skipHelp(failed) : PLAN_PAGE.goOnHelp(failed)}</p>
        {over && (
          <MomentField
            name="to"
            label={PLAN_PAGE.newEnd}
            help={`${PLAN_PAGE.newEndHelp} ${PLAN_DIALOG.zone(zoneName)}`}
            error={refusalAt("to", refusal)}
          />
        )}
      </div>
    </FormDialog>
  );
}
