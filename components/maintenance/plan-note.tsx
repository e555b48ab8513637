import Link from "next/link";
import { Callout } from "@/components/ui/callout";
import { PLAN_STATES } from "@/lib/domain/maintenance-plan";
import { PLAN, PLAN_PAGE } from "@/lib/messages/plan";
import type { PlanView } from "@/lib/services/maintenance/plan/read";
import { TimeSpan } from "@/components/ui/time-span";

/** On the page of a node: the plan it is in. */
export function PlanNote({ plan }: { plan: PlanView }) {
  return (
    <Callout
      kind={plan.state === "stopped" ? "warning" : "info"}
      title={
        <>
          {PLAN_PAGE.ofNode(PLAN_STATES[plan.state].label)}{" "}
          <Link href={`/maintenance/${plan.id}`} className="link">
            {plan.name}
          </Link>
        </>
      }
    >
      {plan.stateReason?.reason ?? <TimeSpan from={plan.windowFrom} to={plan.windowTo} noEnd={PLAN.noEnd} />}
    </Callout>
  );
}
