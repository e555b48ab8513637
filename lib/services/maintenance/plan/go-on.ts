import { Prisma } from "../../../generated/prisma/client";
import { windowRefusal, WINDOW_OVER } from "../../../domain/maintenance-plan";
import { db } from "../../../db";
import { PLAN_EVENTS, PLAN_REFUSALS } from "../../../messages/plan";
import { done, refuse, type Outcome } from "../../../outcome";
import type { Call } from "../../call";
import { record } from "../../events/record";
import { lockRegion } from "../../region";
import { mayPlan, openPlan } from "./make";

export type GoOnPlanInput = {
  planId: string;
  /** Leaves the node at which it stopped as it is. */
  skip: boolean;
  /** A new end of the window; null: none. Left out: as it was. */
  to?: Date | null | undefined;
};

/** Lets a plan that has stopped go on, from now on in the name of whoever asks. */
export async function goOnWithPlan({ planId, skip, to }: GoOnPlanInput, call: Call): Promise<Outcome> {
  const refused = mayPlan(call);
  if (refused) return refused;
  const { actor } = call;
  return db.$transaction(async (tx) => {
    const { now } = await lockRegion(tx);
    const found = await openPlan(tx, planId);
    if (!found.ok) return found;
    const plan = found.value;
    if (plan.state !== "stopped") return PLAN_REFUSALS.notStopped;
    const windowTo = to === undefined ? plan.windowTo : to;
    if (to) {
      const wrong = windowRefusal({ from: plan.windowFrom, to }, now);
      if (wrong) return wrong;
    }
    const failed = plan.nodes.find(({ state }) => state === "failed");
    if (skip && !failed) return PLAN_REFUSALS.nothingToSkip;
    const left = plan.nodes.some(({ state }) => state === "waiting" || (state === "failed" && !skip));
    if (left && windowTo && windowTo <= now) return refuse(WINDOW_OVER, "The window is over.", { hint: "Choose a new end.", field: "to" });
    if (failed)
      await tx.maintenancePlanNode.update({
        where: { planId_position: { planId, position: failed.position } },
        data: skip ? { state: "skipped", open: false } : { state: "waiting", refusal: Prisma.DbNull, refusedAt: null, endedAt: null },
      });
    await tx.maintenancePlan.update({
      where: { id: planId },
      data: { state: "running", stateReason: Prisma.DbNull, windowTo, actorId: actor.id, actorName: actor.name },
    });
    const message =
      skip && failed ? PLAN_EVENTS.skipped(actor.name, plan.name, failed.nodeName) : PLAN_EVENTS.continued(actor.name, plan.name);
    await record(tx, { kind: "plan.continued", message, actor, details: { planId } });
    return done(undefined);
  });
}
