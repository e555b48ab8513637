/** One step of a plan: what lib/domain/maintenance-plan.ts decides, done by the very services behind the dialogs. */
import {
  isPhase,
  isPlanNodeState,
  isPlanState,
  maybePassing,
  planStep,
  takeUp,
  type Phase,
  type PlanNodeFacts,
  type PlanStep,
} from "../../../domain/maintenance-plan";
import { permits } from "../../../domain/permissions";
import { StoredRefusal } from "../../../domain/requests";
import { db, type Tx } from "../../../db";
import { Prisma, type MaintenancePlan, type MaintenancePlanNode } from "../../../generated/prisma/client";
import { PLAN_EVENTS, PLAN_REFUSALS, reasonOf } from "../../../messages/plan";
import { done, type Outcome, type Refusal } from "../../../outcome";
import { SYSTEM } from "../../actor";
import type { Call } from "../../call";
import { record } from "../../events/record";
import { reinspectIn } from "../../nodes/reinspect";
import type { Started } from "../../nodes/start-once";
import { lockRegion, readRegion } from "../../region";
import { activateIn } from "../activate";
import { beginMaintenanceIn } from "../begin";
import { continueIn } from "../go-on";
import { openMaintenance } from "../open";
import { rebootIn } from "../reboot";

type Plan = MaintenancePlan & { nodes: MaintenancePlanNode[] };

/** The plans for which something may be due, the earliest first. */
export async function duePlans(): Promise<string[]> {
  const due = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM maintenance_plan WHERE state IN ('planned', 'running') AND window_from <= now() ORDER BY window_from, created_at`;
  return due.map(({ id }) => id);
}

/** Does what comes next for a plan. Whoever asks first does it; the decision is made again behind the region's lock, which everything else waits for. */
export async function stepPlan(planId: string): Promise<void> {
  const ahead = await decide(db, planId, (await readRegion(db)).now);
  if (!ahead || ahead.step.do === "wait") return;
  await db.$transaction(async (tx) => {
    const { now } = await lockRegion(tx);
    const decided = await decide(tx, planId, now);
    if (decided) await act(tx, decided.plan, decided.step, now);
  });
}

async function decide(tx: Tx, planId: string, now: Date): Promise<{ plan: Plan; step: PlanStep } | null> {
  const plan = await tx.maintenancePlan.findUnique({ where: { id: planId }, include: { nodes: { orderBy: { position: "asc" } } } });
  if (!plan || !isPlanState(plan.state)) return null;
  const nodes = await Promise.all(plan.nodes.map((node) => factsOf(tx, node)));
  return { plan, step: planStep({ ...plan, state: plan.state }, nodes, now) };
}

async function factsOf(tx: Tx, { nodeName, state, operationIds }: MaintenancePlanNode): Promise<PlanNodeFacts> {
  const known = isPlanNodeState(state) ? state : "waiting";
  return { name: nodeName, state: known, ended: isPhase(known) ? await endOf(tx, operationIds.at(-1)) : null };
}

/** A phase without an operation had nothing to do. One whose operation is gone is not known to have ended well. */
async function endOf(tx: Tx, operationId: string | undefined): Promise<PlanNodeFacts["ended"]> {
  const operation = operationId
    ? await tx.operation.findUnique({ where: { id: operationId }, select: { status: true, refusal: true } })
    : null;
  if (!operation) return PLAN_REFUSALS.operationGone;
  if (operation.status === "succeeded") return "well";
  if (operation.status !== "failed") return null;
  const refusal = StoredRefusal.safeParse(operation.refusal).data;
  return refusal ? stored(refusal) : PLAN_REFUSALS.operationGone;
}

const stored = ({ code, reason, hint }: StoredRefusal): Refusal => ({ ok: false, code, reason, ...(hint ? { hint } : {}) });

async function act(tx: Tx, plan: Plan, step: PlanStep, now: Date): Promise<void> {
  if (step.do === "wait") return;
  if (step.do === "end") return end(tx, plan, now);
  const node = step.position === null ? null : (plan.nodes[step.position] ?? null);
  if (step.do === "stop") return stop(tx, plan, node, step.refusal, now);
  if (!node) return;
  if (step.do === "end-node") return endNode(tx, node, now);
  const call = await callOf(tx, plan);
  if ("ok" in call) return stop(tx, plan, node, call, now);
  if (plan.state === "planned") await begin(tx, plan, now);
  const entered = step.do === "enter" ? await enter(tx, plan, node, step.phase, call) : await takeUpNode(tx, plan, node, call);
  if (entered.ok) return entered.value === "end-node" ? endNode(tx, node, now) : write(tx, node, entered.value, now);
  if (!maybePassing(entered, node.refusedAt, now)) return stop(tx, plan, node, entered, now);
  if (!node.refusedAt) await update(tx, node, { refusal: { ...entered }, refusedAt: now });
}

/** In whose name it acts, with the role of this moment. */
async function callOf(tx: Tx, { actorId, actorName }: Plan): Promise<Call | Refusal> {
  const user = actorId ? await tx.user.findUnique({ where: { id: actorId } }) : null;
  if (!user || user.disabledAt || !permits(user.role, "maintenance.plan")) return PLAN_REFUSALS.lostRole(user?.name ?? actorName);
  return { actor: { kind: "user", id: user.id, name: user.name, role: user.role }, idempotencyKey: null };
}

type Entered = { phase: Phase; operationId: string; maintenanceId?: string | null };

async function takeUpNode(tx: Tx, plan: Plan, node: MaintenancePlanNode, call: Call): Promise<Outcome<Entered | "end-node">> {
  const now = await tx.node.findUnique({ where: { id: node.nodeId }, select: { status: true } });
  const where = takeUp(isPhase(node.phase) ? node.phase : null, now?.status ?? "Out", plan);
  if (where === "end-node") return done("end-node" as const);
  return enter(tx, plan, node, where, call);
}

async function enter(tx: Tx, plan: Plan, node: MaintenancePlanNode, phase: Phase | "continue", call: Call): Promise<Outcome<Entered>> {
  const open = await openMaintenance(tx, node.nodeId);
  // Between two steps an administrator may have brought it back and somebody else may have taken it out.
  if (open && open.id !== node.maintenanceId && phase !== "draining") return PLAN_REFUSALS.otherMaintenance(node.nodeName);
  const now = await tx.node.findUnique({ where: { id: node.nodeId }, select: { version: true } });
  const started = await DEEDS[phase](tx, { nodeId: node.nodeId, version: now?.version ?? 0 }, plan, call);
  if (!started.ok) return started;
  const maintenanceId = phase === "draining" ? (await openMaintenance(tx, node.nodeId))?.id : node.maintenanceId;
  return done({
    phase: phase === "continue" ? "draining" : phase,
    operationId: started.value.operationId,
    maintenanceId: maintenanceId ?? null,
  });
}

type Deed = (tx: Tx, target: { nodeId: string; version: number }, plan: Plan, call: Call) => Promise<Outcome<Started>>;

const DEEDS = {
  draining: (tx, target, plan, call) => beginMaintenanceIn(tx, { ...target, reason: reasonOf(plan) }, call),
  continue: (tx, target, _, call) => continueIn(tx, target, call),
  rebooting: (tx, target, _, call) => rebootIn(tx, target, call),
  inspecting: (tx, target, _, call) => reinspectIn(tx, target, call),
  activating: (tx, target, { bringBack }, call) => activateIn(tx, { ...target, bringBack }, call),
} as const satisfies Record<Phase | "continue", Deed>;

const update = ({ maintenancePlanNode }: Tx, { planId, position }: MaintenancePlanNode, data: Prisma.MaintenancePlanNodeUpdateInput) =>
  maintenancePlanNode.update({ where: { planId_position: { planId, position } }, data });

async function write(tx: Tx, node: MaintenancePlanNode, { phase, operationId, maintenanceId }: Entered, now: Date): Promise<void> {
  await update(tx, node, {
    state: phase,
    phase,
    refusal: Prisma.DbNull,
    refusedAt: null,
    maintenanceId: maintenanceId ?? null,
    operationIds: { push: operationId },
    startedAt: node.startedAt ?? now,
    endedAt: null,
  });
}

const endNode = async (tx: Tx, node: MaintenancePlanNode, now: Date): Promise<void> =>
  void (await update(tx, node, { state: "done", open: false, refusal: Prisma.DbNull, refusedAt: null, endedAt: now }));

async function begin(tx: Tx, plan: Plan, now: Date): Promise<void> {
  await tx.maintenancePlan.update({ where: { id: plan.id }, data: { state: "running", startedAt: now } });
  await record(tx, { kind: "plan.began", message: PLAN_EVENTS.began(plan.name), actor: SYSTEM, details: { planId: plan.id } });
}

async function stop(tx: Tx, plan: Plan, node: MaintenancePlanNode | null, refusal: Refusal, now: Date): Promise<void> {
  if (node) await update(tx, node, { state: "failed", refusal: { ...refusal }, refusedAt: null, endedAt: now });
  await tx.maintenancePlan.update({ where: { id: plan.id }, data: { state: "stopped", stateReason: { ...refusal } } });
  const said = [refusal.reason, refusal.hint].filter(Boolean).join(" ");
  const live = node && (await tx.node.findUnique({ where: { id: node.nodeId } }));
  await record(tx, {
    kind: "plan.stopped",
    severity: "warning",
    message: node ? PLAN_EVENTS.stoppedAt(plan.name, node.nodeName, said) : PLAN_EVENTS.stopped(plan.name, said),
    actor: SYSTEM,
    ...(live ? { node: live } : {}),
    details: { planId: plan.id, code: refusal.code },
  });
}

async function end(tx: Tx, plan: Plan, now: Date): Promise<void> {
  await tx.maintenancePlanNode.updateMany({ where: { planId: plan.id, open: true }, data: { open: false } });
  await tx.maintenancePlan.update({ where: { id: plan.id }, data: { state: "done", endedAt: now } });
  const count = plan.nodes.filter(({ state }) => state === "done").length;
  await record(tx, {
    kind: "plan.ended",
    message: PLAN_EVENTS.ended(plan.name, count, plan.nodes.length),
    actor: SYSTEM,
    details: { planId: plan.id },
  });
}
