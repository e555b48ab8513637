import { isPlanNodeState, isPlanState, PLAN_STATES, type PlanNodeState, type PlanState } from "../../../domain/maintenance-plan";
import { StoredRefusal } from "../../../domain/requests";
import type { NodeStatus } from "../../../domain/status";
import { db } from "../../../db";
import type { MaintenancePlan, MaintenancePlanNode } from "../../../generated/prisma/client";
import { operationViews, type OperationView } from "../../operations/read";

/** Times are ISO 8601. */
export type PlanNodeView = {
  position: number;
  nodeId: string;
  nodeName: string;
  /** null: the node is gone. */
  status: NodeStatus | null;
  state: PlanNodeState;
  refusal: StoredRefusal | null;
  /** Since when it is refused what a moment may mend. */
  refusedAt: string | null;
  maintenanceId: string | null;
  /** Of its phase. */
  operation: OperationView | null;
  startedAt: string | null;
  endedAt: string | null;
};

export type PlanView = {
  id: string;
  name: string;
  reason: string;
  windowFrom: string;
  windowTo: string | null;
  reboot: boolean;
  activate: boolean;
  bringBack: boolean;
  state: PlanState;
  stateReason: StoredRefusal | null;
  actorName: string;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
};

export type PlanSummary = PlanView & { nodes: { name: string; state: PlanNodeState }[] };
export type PlanDetail = PlanView & { nodes: PlanNodeView[] };

const PAST_MAX = 100;
const IN_ORDER = { include: { nodes: { orderBy: { position: "asc" } } } } as const;
const OPEN_STATES = Object.keys(PLAN_STATES).filter((state) => isPlanState(state) && PLAN_STATES[state].open);

/** What is planned and runs, by when it begins; and what is over, the newest first. */
export async function planList(): Promise<{ open: PlanSummary[]; past: PlanSummary[] }> {
  const [open, past] = await Promise.all([
    db.maintenancePlan.findMany({ where: { state: { in: OPEN_STATES } }, orderBy: [{ windowFrom: "asc" }, { id: "asc" }], ...IN_ORDER }),
    db.maintenancePlan.findMany({
      where: { state: { notIn: OPEN_STATES } },
      orderBy: [{ endedAt: "desc" }, { id: "asc" }],
      take: PAST_MAX,
      ...IN_ORDER,
    }),
  ]);
  const summary = ({ nodes, ...plan }: MaintenancePlan & { nodes: MaintenancePlanNode[] }): PlanSummary => ({
    ...viewOf(plan),
    nodes: nodes.map(({ nodeName, state }) => ({ name: nodeName, state: known(state) })),
  });
  return { open: open.map(summary), past: past.map(summary) };
}

export async function planDetail(id: string): Promise<PlanDetail | null> {
  const found = await db.maintenancePlan.findUnique({ where: { id }, ...IN_ORDER });
  if (!found) return null;
  const { nodes, ...plan } = found;
  const [live, operations] = await Promise.all([
    db.node.findMany({ where: { id: { in: nodes.map(({ nodeId }) => nodeId) } }, select: { id: true, name: true, status: true } }),
    operationViews(nodes.flatMap(({ operationIds }) => operationIds.at(-1) ?? [])),
  ]);
  return {
    ...viewOf(plan),
    nodes: nodes.map((node) => {
      const now = live.find(({ id: nodeId }) => nodeId === node.nodeId);
      return {
        position: node.position,
        nodeId: node.nodeId,
        nodeName: now?.name ?? node.nodeName,
        status: now?.status ?? null,
        state: known(node.state),
        refusal: StoredRefusal.safeParse(node.refusal).data ?? null,
        refusedAt: node.refusedAt?.toISOString() ?? null,
        maintenanceId: node.maintenanceId,
        operation: operations.find(({ id: operationId }) => operationId === node.operationIds.at(-1)) ?? null,
        startedAt: node.startedAt?.toISOString() ?? null,
        endedAt: node.endedAt?.toISOString() ?? null,
      };
    }),
  };
}

/** The plan that still has this node before it or in hand; null when there is none. */
export async function planOfNode(nodeId: string): Promise<PlanView | null> {
  const found = await db.maintenancePlanNode.findFirst({ where: { nodeId, open: true }, include: { plan: true } });
  return found && viewOf(found.plan);
}

const known = (state: string): PlanNodeState => (isPlanNodeState(state) ? state : "waiting");

const viewOf = (plan: MaintenancePlan): PlanView => ({
  id: plan.id,
  name: plan.name,
  reason: plan.reason,
  windowFrom: plan.windowFrom.toISOString(),
  windowTo: plan.windowTo?.toISOString() ?? null,
  reboot: plan.reboot,
  activate: plan.activate,
  bringBack: plan.bringBack,
  state: isPlanState(plan.state) ? plan.state : "stopped",
  stateReason: StoredRefusal.safeParse(plan.stateReason).data ?? null,
  actorName: plan.actorName,
  createdAt: plan.createdAt.toISOString(),
  startedAt: plan.startedAt?.toISOString() ?? null,
  endedAt: plan.endedAt?.toISOString() ?? null,
});
