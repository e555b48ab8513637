import { isPhase } from "../../../domain/maintenance-plan";
import { db } from "../../../db";
import { PLAN_EVENTS, PLAN_REFUSALS } from "../../../messages/plan";
import { done, type Outcome } from "../../../outcome";
import type { Call } from "../../call";
import { record } from "../../events/record";
import { lockRegion } from "../../region";
import { mayPlan, openPlan } from "./make";

/** Ends a plan where it stands. A node that is out stays as it is, and its line says so. */
export async function cancelPlan({ planId }: { planId: string }, call: Call): Promise<Outcome> {
  const refused = mayPlan(call);
  if (refused) return refused;
  const { actor } = call;
  return db.$transaction(async (tx) => {
    const { now } = await lockRegion(tx);
    const found = await openPlan(tx, planId);
    if (!found.ok) return found;
    const plan = found.value;
    for (const { position, state, refusal } of plan.nodes) {
      const where = { planId_position: { planId, position } };
      if (isPhase(state)) {
        const why = { ...PLAN_REFUSALS.cancelledOut(actor.name, state) };
        await tx.maintenancePlanNode.update({ where, data: { state: "left", open: false, refusal: why, endedAt: now } });
      } else if (state === "waiting" || state === "failed") {
        const why = refusal ?? { ...PLAN_REFUSALS.cancelledBefore(actor.name) };
        await tx.maintenancePlanNode.update({
          where,
          data: { state: state === "failed" ? "failed" : "skipped", open: false, refusal: why, endedAt: now },
        });
      }
    }
    await tx.maintenancePlan.update({ where: { id: planId }, data: { state: "cancelled", endedAt: now } });
    await record(tx, { kind: "plan.cancelled", message: PLAN_EVENTS.cancelled(actor.name, plan.name), actor, details: { planId } });
    return done(undefined);
  });
}
