import { countAll, NO_ITEMS, type BulkWork, type ItemCounts } from "../../domain/bulk";
import { db } from "../../db";
import type { Operation, OperationStep, Prisma } from "../../generated/prisma/client";
import { bulkName } from "../../messages/several";
import { countItems } from "../bulk/items";
import { itemViews, type ItemView } from "../bulk/read";
import { isOperationKind, OPERATIONS, stepLabel, stepNames } from "../../domain/operations";
import { BulkRequest } from "../../domain/bulk-request";
import { ContactResult, InspectRequest, InspectResult, StoredRefusal, type HostKey, type Verdict } from "../../domain/requests";
import type { Link } from "../../domain/inventory";

export type StepView = {
  name: string;
  label: string;
  state: "waiting" | "running" | "ok" | "warning" | "failed";
  detail: string;
  ms: number | null;
};

/** An operation as every administrator may see it: who, what, how far, how it ended. Never what was sent to a machine. */
export type OperationView = {
  id: string;
  kind: string;
  label: string;
  status: "pending" | "running" | "succeeded" | "failed";
  nodeId: string | null;
  nodeName: string | null;
  /** Null for work on many nodes. */
  ip: string | null;
  /** The work on many nodes that it is part of. */
  parentId: string | null;
  bulk: { command: BulkWork; counts: ItemCounts } | null;
  actorId: string | null;
  actorName: string;
  attempt: number;
  createdAt: string;
  deadlineAt: string;
  finishedAt: string | null;
  steps: StepView[];
  refusal: StoredRefusal | null;
};

/** What a dialog needs beside it: the host key to compare, what the machine is. */
export type OperationDetail = OperationView & {
  items: ItemView[];
  hostKey: HostKey | null;
  banner: string | null;
  inspection: {
    user: string;
    role: "Worker" | "Control";
    hostname: string;
    links: Link[];
    suggestedMacs: string[];
    verdict: Verdict | null;
    missing: string[];
    summary: string;
  } | null;
};

/** An inventory may be a megabyte; what many browsers are told several times a second never needs it. */
const BRIEF = { include: { steps: true }, omit: { result: true } } as const;

export const operationViews = async (ids: string[]): Promise<OperationView[]> =>
  ids.length ? viewsOf(await db.operation.findMany({ where: { id: { in: ids } }, ...BRIEF })) : [];

/** The newest operations of the region, or of one node. */
export const recentOperations = async (limit: number, nodeId?: string): Promise<OperationView[]> =>
  viewsOf(await db.operation.findMany({ ...(nodeId ? { where: { nodeId } } : {}), ...BRIEF, orderBy: { createdAt: "desc" }, take: limit }));

/** The views of operations as they were found, in any order; parts of work on many nodes are left to their whole. */
export const operationsWhere = async (where: Prisma.OperationWhereInput, take: number): Promise<OperationView[]> =>
  viewsOf(
    await db.operation.findMany({ where: { ...where, parentId: null }, ...BRIEF, orderBy: [{ createdAt: "desc" }, { id: "desc" }], take }),
  );

export async function operationDetail(id: string): Promise<OperationDetail | null> {
  const operation = await db.operation.findUnique({ where: { id }, include: { steps: true } });
  if (!operation) return null;
  const [view] = await viewsOf([operation]);
  if (!view) return null;
  const contact = ContactResult.safeParse(operation.result).data;
  const inspected = operation.kind === "inspect" ? InspectResult.safeParse(operation.result).data : undefined;
  const request = inspected && InspectRequest.parse(operation.request);
  return {
    ...view,
    items: await itemViews(operation),
    hostKey: contact?.hostKey ?? null,
    banner: contact?.banner ?? null,
    inspection:
      inspected && request
        ? {
            user: request.user,
            role: request.role,
            hostname: inspected.inventory.hostname,
            links: inspected.inventory.links,
            suggestedMacs: inspected.suggestedMacs ?? [],
            verdict: inspected.verdict ?? null,
            missing: inspected.inventory.missing,
            summary: `${inspected.inventory.os.name}, kernel ${inspected.inventory.os.kernel}`,
          }
        : null,
  };
}

type Found = Omit<Operation, "result"> & { steps: OperationStep[] };

async function viewsOf(operations: Found[]): Promise<OperationView[]> {
  const counts = await countItems(
    db,
    operations.filter(({ kind }) => kind === "bulk").map(({ id }) => id),
  );
  return operations.map((operation) => toView(operation, counts.get(operation.id) ?? NO_ITEMS));
}

/** Never what was sent to a machine. */
function toView(operation: Found, counts: ItemCounts): OperationView {
  const { kind } = operation;
  const taken = new Map(operation.steps.map((step) => [step.name, step]));
  const names = isOperationKind(kind) ? stepNames(kind) : [];
  const command = kind === "bulk" ? BulkRequest.safeParse(operation.request).data?.command : undefined;
  return {
    id: operation.id,
    kind,
    label: command ? bulkName(command, countAll(counts)) : isOperationKind(kind) ? OPERATIONS[kind].label : kind,
    status: operation.status,
    nodeId: operation.nodeId,
    nodeName: operation.nodeName,
    ip: operation.ip,
    parentId: operation.parentId,
    bulk: command ? { command, counts } : null,
    actorId: operation.actorId,
    actorName: operation.actorName,
    attempt: operation.attempt,
    createdAt: operation.createdAt.toISOString(),
    deadlineAt: operation.deadlineAt.toISOString(),
    finishedAt: operation.finishedAt?.toISOString() ?? null,
    steps: names.map((name) => toStep(name, isOperationKind(kind) ? stepLabel(kind, name) : name, taken.get(name))),
    refusal: StoredRefusal.safeParse(operation.refusal).data ?? null,
  };
}

function toStep(name: string, label: string, step: OperationStep | undefined): StepView {
  if (!step) return { name, label, state: "waiting", detail: "", ms: null };
  const state = step.state as StepView["state"]; // lib/services/operations/steps.ts writes no other
  return { name, label, state, detail: step.detail, ms: step.endedAt ? step.endedAt.getTime() - step.startedAt.getTime() : null };
}
