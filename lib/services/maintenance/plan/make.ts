import { permissionRefusal, permits } from "../../../domain/permissions";
import { PLAN_STATES, windowRefusal } from "../../../domain/maintenance-plan";
import { db, type Tx } from "../../../db";
import type { MaintenancePlan, MaintenancePlanNode } from "../../../generated/prisma/client";
import { PLAN_EVENTS, PLAN_REFUSALS } from "../../../messages/plan";
import { done, type Outcome, type Refusal } from "../../../outcome";
import type { Call } from "../../call";
import { record } from "../../events/record";
import { permitted } from "../../nodes/guard";
import { lockRegion } from "../../region";

export type PlanInput = {
  name: string;
  reason: string;
  /** In the order of their turns, each once. */
  nodeIds: readonly string[];
  /** null: at once. */
  from: Date | null;
  /** null: no end. */
  to: Date | null;
  reboot: boolean;
  activate: boolean;
  bringBack: boolean;
};

export const mayPlan = ({ actor }: Call): Refusal | null =>
  permits(actor.role, "maintenance.plan") ? null : permissionRefusal("maintenance.plan");

/** Plans a maintenance. Whether the nodes can be taken out is asked when their turn comes; here only what can not change by itself. */
export async function planMaintenance(input: PlanInput, call: Call): Promise<Outcome<{ planId: string }>> {
  const refused = mayPlan(call);
  if (refused) return refused;
  return db.$transaction(async (tx) => {
    const { now } = await lockRegion(tx);
    const { actor, idempotencyKey } = call;
    const earlier = idempotencyKey
      ? await tx.maintenancePlan.findUnique({
          where: { actorId_idempotencyKey: { actorId: actor.id, idempotencyKey } },
          include: { nodes: { orderBy: { position: "asc" } } },
        })
      : null;
    if (earlier) return isSame(earlier, input) ? done({ planId: earlier.id }) : PLAN_REFUSALS.keyReused;
    const wrong = windowRefusal(input, now) ?? (await taken(tx, input.nodeIds));
    if (wrong) return wrong;
    const nodes: { nodeId: string; nodeName: string }[] = [];
    for (const nodeId of input.nodeIds) {
      const allowed = await permitted(tx, "planMaintenance", { nodeId }, actor);
      if (!allowed.ok)
        return allowed.code === "status" ? { ...allowed, reason: `${await nameOf(tx, nodeId)}: ${allowed.reason}` } : allowed;
      nodes.push({ nodeId, nodeName: allowed.value.node.name });
    }
    const { id } = await tx.maintenancePlan.create({
      data: {
        name: input.name,
        reason: input.reason,
        windowFrom: input.from ?? now,
        windowTo: input.to,
        reboot: input.reboot,
        activate: input.activate,
        bringBack: input.activate && input.bringBack,
        actorId: actor.id,
        actorName: actor.name,
        idempotencyKey,
        createdAt: now,
        nodes: { create: nodes.map((node, position) => ({ ...node, position })) },
      },
    });
    await record(tx, {
      kind: "plan.made",
      message: PLAN_EVENTS.made(actor.name, input.name, nodes.length),
      actor,
      details: { planId: id, nodes: nodes.map(({ nodeName }) => nodeName) },
    });
    return done({ planId: id });
  });
}

const isSame = (earlier: MaintenancePlan & { nodes: MaintenancePlanNode[] }, { name, nodeIds }: PlanInput): boolean =>
  earlier.name === name && earlier.nodes.map(({ nodeId }) => nodeId).join() === nodeIds.join();

const nameOf = async (tx: Tx, id: string): Promise<string> =>
  (await tx.node.findUnique({ where: { id }, select: { name: true } }))?.name ?? "A node";

/** A node that another plan still has before it. */
async function taken(tx: Tx, nodeIds: readonly string[]): Promise<Refusal | null> {
  const other = await tx.maintenancePlanNode.findFirst({
    where: { nodeId: { in: [...nodeIds] }, open: true },
    include: { plan: { select: { name: true } } },
    orderBy: { position: "asc" },
  });
  return other && PLAN_REFUSALS.elsewhere(other.nodeName, other.plan.name);
}

/** For those who act on a plan that somebody else may have ended meanwhile. */
export async function openPlan(tx: Tx, planId: string) {
  const plan = await tx.maintenancePlan.findUnique({ where: { id: planId }, include: { nodes: { orderBy: { position: "asc" } } } });
  if (!plan) return PLAN_REFUSALS.gone;
  const { label, open } = PLAN_STATES[plan.state as keyof typeof PLAN_STATES]; // PostgreSQL lets no other word in
  return open ? done(plan) : PLAN_REFUSALS.over(label);
}
