import { db } from "../../db";
import type { Node, Operation } from "../../generated/prisma/client";
import type { RowFacts } from "../../domain/row-facts";
import type { NodeStatus } from "../../domain/status";
import { Inventory } from "../../domain/inventory";
import { named } from "../../domain/operations";
import { Verdict, type DistrustedKey } from "../../domain/requests";
import { usedServices, type UsedService } from "../../domain/services";
import { withSurvey, type Survey } from "../../domain/survey";
import { metricsOf, type NodeMetrics } from "../../domain/trends";
import { isRevoked } from "./host-key";
import { readSurvey } from "../metrics/survey";
import { readNotes, type HealthNote, type Noted } from "../fencing/notes";
import { readNewest, readSilences, type Newest, type Silence } from "../metrics/read";

/** A node as lists show it. Times are ISO 8601, sizes bytes. Plain data: it travels to the browser as JSON. */
export type NodeRow = RowFacts & {
  id: string;
  description: string;
  statusSince: string;
  statusReason: string | null;
  /** It names a person, or a person typed it. */
  reasonIsPersonal: boolean;
  deadlineAt: string | null;
  version: number;
  /** Of an adequate node the failed requirements are none, and the others are not sent. */
  verdict: Verdict | null;
  /** Without their points, which come by /api/trends. */
  metrics: NodeMetrics | null;
  silence: Silence | null;
  /** By an administrator; see NodeFacts. */
  hostKeyRevoked?: boolean;
  /** Whether its power can be controlled. */
  hasBmc: boolean;
  /** What the status alone does not say: that a fence is due, or that the node answers again. */
  note: HealthNote | null;
  operation: ActiveOperation | null;
};

export type ActiveOperation = {
  id: string;
  kind: string;
  /** Of the kind, and of the step it stands at. */
  label: string;
  at: string | null;
  actorName: string;
  step: string | null;
  startedAt: string;
  deadlineAt: string;
};

/** An inventory whose services say what they use. */
export type KnownInventory = Omit<Inventory, "services"> & { services: UsedService[] };

/** A node with everything its own page and dialogs show. */
export type NodeDetail = Omit<NodeRow, "verdict"> & {
  sshUser: string;
  hostKey: { type: string; sha256: string };
  changedHostKey: DistrustedKey | null;
  convergedMacs: string[];
  accessMacs: string[];
  createdAt: string;
  joinedAt: string | null;
  /** With what the newest survey knows better. */
  inventory: KnownInventory | null;
  surveyedAt: string | null;
  verdict: Verdict | null;
  power: { address: string; port: number; login: string } | null;
};

const LIST_COLUMNS = {
  id: true,
  name: true,
  description: true,
  ip: true,
  role: true,
  status: true,
  statusSince: true,
  statusReason: true,
  reasonIsPersonal: true,
  deadlineAt: true,
  version: true,
  joinedAt: true,
  vcpus: true,
  memoryBytes: true,
  vmMemoryTotalBytes: true,
  vmMemoryAvailableBytes: true,
  storageBytes: true,
  bootedAt: true,
  inspectedAt: true,
  verdict: true,
  hostKeyChanged: true,
  tags: true,
  convergedMacs: true,
  accessMacs: true,
} as const; // prettier-ignore: one column a line says nothing more

const ACTIVE_COLUMNS = { id: true, nodeId: true, kind: true, actorName: true, step: true, createdAt: true, deadlineAt: true } as const;

type ListNode = Pick<Node, keyof typeof LIST_COLUMNS>;

/** Rows of the named nodes, or of all. Five queries, however many nodes. */
export async function nodeRows(ids?: string[]): Promise<NodeRow[]> {
  if (ids?.length === 0) return [];
  const [nodes, active, newest, silences, notes] = await Promise.all([
    db.node.findMany({ ...(ids ? { where: { id: { in: ids } } } : {}), select: LIST_COLUMNS, orderBy: { name: "asc" } }),
    db.operation.findMany({
      where: { status: { in: ["pending", "running"] }, nodeId: ids ? { in: ids } : { not: null } },
      select: ACTIVE_COLUMNS,
    }),
    readNewest(ids),
    readSilences(ids),
    readNotes(ids),
  ]);
  const byNode = new Map(active.map((operation) => [operation.nodeId, operation]));
  return nodes.map((node) => toRow(node, byNode.get(node.id), newest.get(node.id), silences.get(node.id), notes.get(node.id)));
}

/** One node in full, or null when there is none. */
export async function nodeDetail(id: string): Promise<NodeDetail | null> {
  const [node, operation, newest, silences, surveyed, notes, power] = await Promise.all([
    db.node.findUnique({ where: { id } }),
    db.operation.findFirst({ where: { nodeId: id, status: { in: ["pending", "running"] } }, select: ACTIVE_COLUMNS }),
    readNewest([id]),
    readSilences([id]),
    readSurvey(id),
    readNotes([id]),
    db.nodePower.findUnique({ where: { nodeId: id }, select: { address: true, port: true, login: true } }),
  ]);
  if (!node) return null;
  const inspected = Inventory.safeParse(node.inventory).data ?? null;
  const newer = surveyed && node.inspectedAt && surveyed.surveyedAt > node.inspectedAt ? surveyed : null;
  return {
    ...toRow(node, operation, newest.get(id), silences.get(id), notes.get(id)),
    power,
    sshUser: node.sshUser,
    hostKey: { type: node.hostKeyType, sha256: node.hostKeySha256 },
    changedHostKey: node.hostKeyChanged as NodeDetail["changedHostKey"], // written by host-key.ts and revoke-trust.ts only
    convergedMacs: node.convergedMacs,
    accessMacs: node.accessMacs,
    createdAt: node.createdAt.toISOString(),
    joinedAt: node.joinedAt?.toISOString() ?? null,
    inventory: inspected && knownInventory(inspected, newer?.survey ?? null),
    surveyedAt: newer?.surveyedAt.toISOString() ?? null,
    verdict: Verdict.safeParse(node.verdict).data ?? null,
  };
}

function knownInventory(inspected: Inventory, survey: Survey | null): KnownInventory {
  const merged = survey ? withSurvey(inspected, survey) : inspected;
  return { ...merged, services: usedServices(merged.services, inspected, survey) };
}

const asNumber = (bytes: bigint | null): number | null => (bytes === null ? null : Number(bytes));

function briefVerdict(stored: unknown): Verdict | null {
  const judged = stored === null ? null : Verdict.safeParse(stored).data;
  return judged ? { adequate: judged.adequate, results: judged.results.filter(({ ok }) => !ok) } : null;
}

/** Not yet joined, and still on the way: Inadequate, Rejected and Out are not candidates. */
const NOT_CANDIDATES: readonly NodeStatus[] = ["Inadequate", "Rejected", "Out"];

function toRow(
  node: ListNode,
  operation: Pick<Operation, keyof typeof ACTIVE_COLUMNS> | null | undefined,
  newest: Newest | undefined,
  silence: Silence | undefined,
  noted: Noted | undefined,
): NodeRow {
  // Name by name: taking an object apart and together again costs ten times as much, and there may be ten thousand.
  return {
    id: node.id,
    name: node.name,
    description: node.description,
    ip: node.ip,
    role: node.role,
    status: node.status,
    statusSince: node.statusSince.toISOString(),
    statusReason: node.statusReason,
    reasonIsPersonal: node.reasonIsPersonal,
    deadlineAt: node.deadlineAt?.toISOString() ?? null,
    version: node.version,
    vcpus: node.vcpus,
    bootedAt: node.bootedAt?.toISOString() ?? null,
    inspectedAt: node.inspectedAt?.toISOString() ?? null,
    candidate: node.joinedAt === null && !NOT_CANDIDATES.includes(node.status),
    tags: node.tags,
    memoryBytes: asNumber(node.memoryBytes),
    vmMemoryTotalBytes: asNumber(node.vmMemoryTotalBytes),
    vmMemoryAvailableBytes: asNumber(node.vmMemoryAvailableBytes),
    storageBytes: asNumber(node.storageBytes),
    verdict: briefVerdict(node.verdict),
    hostKeyChanged: node.hostKeyChanged !== null,
    hostKeyRevoked: isRevoked(node.hostKeyChanged),
    macs: [...new Set([...node.accessMacs, ...node.convergedMacs])],
    metrics: newest ? metricsOf(newest.codes, newest.sampledAt.getTime() / 1000) : null,
    silence: silence ?? null,
    hasBmc: noted?.hasBmc ?? false,
    note: noted?.note ?? null,
    operation: operation
      ? {
          id: operation.id,
          kind: operation.kind,
          ...named(operation),
          actorName: operation.actorName,
          step: operation.step,
          startedAt: operation.createdAt.toISOString(),
          deadlineAt: operation.deadlineAt.toISOString(),
        }
      : null,
  };
}
