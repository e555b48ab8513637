import { z } from "zod";
import { db } from "../../db";
import type { Operation, OperationStep } from "../../generated/prisma/client";
import { isOperationKind, OPERATIONS, stepLabel, stepNames } from "../../domain/operations";
import { ContactResult, InspectRequest, InspectResult, type HostKey, type Verdict } from "../../domain/requests";
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
  ip: string;
  actorId: string | null;
  actorName: string;
  attempt: number;
  createdAt: string;
  deadlineAt: string;
  finishedAt: string | null;
  steps: StepView[];
  refusal: { code: string; reason: string; hint?: string; field?: string } | null;
};

/** What a dialog needs beside it: the host key to compare, what the machine is. */
export type OperationDetail = OperationView & {
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
const LARGE = { request: true, result: true } as const;

const RefusalShape = z.object({ code: z.string(), reason: z.string(), hint: z.string().optional(), field: z.string().optional() });

export async function operationViews(ids: string[]): Promise<OperationView[]> {
  if (!ids.length) return [];
  const operations = await db.operation.findMany({ where: { id: { in: ids } }, include: { steps: true }, omit: LARGE });
  return operations.map(toView);
}

/** The newest operations of the region, or of one node. */
export async function recentOperations(limit: number, nodeId?: string): Promise<OperationView[]> {
  const operations = await db.operation.findMany({
    ...(nodeId ? { where: { nodeId } } : {}),
    include: { steps: true },
    omit: LARGE,
    orderBy: { createdAt: "desc" },
    take: limit,
  });
  return operations.map(toView);
}

export async function operationDetail(id: string): Promise<OperationDetail | null> {
  const operation = await db.operation.findUnique({ where: { id }, include: { steps: true } });
  if (!operation) return null;
  const contact = ContactResult.safeParse(operation.result).data;
  const inspected = operation.kind === "inspect" ? InspectResult.safeParse(operation.result).data : undefined;
  const request = inspected && InspectRequest.parse(operation.request);
  return {
    ...toView(operation),
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

function toView(operation: Omit<Operation, "request" | "result"> & { steps: OperationStep[] }): OperationView {
  const { kind } = operation;
  const taken = new Map(operation.steps.map((step) => [step.name, step]));
  const names = isOperationKind(kind) ? stepNames(kind) : [];
  return {
    id: operation.id,
    kind,
    label: isOperationKind(kind) ? OPERATIONS[kind].label : kind,
    status: operation.status,
    nodeId: operation.nodeId,
    nodeName: operation.nodeName,
    ip: operation.ip,
    actorId: operation.actorId,
    actorName: operation.actorName,
    attempt: operation.attempt,
    createdAt: operation.createdAt.toISOString(),
    deadlineAt: operation.deadlineAt.toISOString(),
    finishedAt: operation.finishedAt?.toISOString() ?? null,
    steps: names.map((name) => toStep(name, isOperationKind(kind) ? stepLabel(kind, name) : name, taken.get(name))),
    refusal: RefusalShape.safeParse(operation.refusal).data ?? null,
  };
}

function toStep(name: string, label: string, step: OperationStep | undefined): StepView {
  if (!step) return { name, label, state: "waiting", detail: "", ms: null };
  const state = step.state as StepView["state"]; // lib/services/operations/steps.ts writes no other
  return { name, label, state, detail: step.detail, ms: step.endedAt ? step.endedAt.getTime() - step.startedAt.getTime() : null };
}
