import { Checks, type Check } from "../../domain/fencing-records";
import type { Evidence, VmFate } from "../../domain/fencing-records";
import { db } from "../../db";
import { evidenceOf, vmsOf } from "./end";
import { lastVms } from "./last-seen";

/** What a node's page shows of its power and of what was found out. Times are ISO 8601. Never a password. */
export type FencingView = {
  power: { address: string; port: number; login: string; state: string | null; checkedAt: string | null; problem: string | null } | null;
  checks: Check[];
  checkedAt: string | null;
  pending: { text: string; since: string } | null;
  answeringSince: string | null;
  fence: {
    id: string;
    state: "running" | "confirmed" | "unconfirmed";
    cause: string;
    evidence: Evidence[];
    vms: VmFate[];
    problem: string | null;
    actorName: string;
    startedAt: string;
    endedAt: string | null;
  } | null;
  /** Before any fence: what would be hit by one. */
  vms: { name: string; wasRunning: boolean }[];
};

/** Looks that are older than this are of another time. */
const SHOWN_MS = 60_000;

export async function readFencing(nodeId: string): Promise<FencingView | null> {
  const [node, power, health, fence] = await Promise.all([
    db.node.findUnique({ where: { id: nodeId }, select: { id: true, inventory: true, status: true } }),
    db.nodePower.findUnique({ where: { nodeId } }),
    db.nodeHealth.findUnique({ where: { nodeId } }),
    db.fence.findFirst({ where: { nodeId }, orderBy: { startedAt: "desc" } }),
  ]);
  if (!node) return null;
  const lookedAt = health?.checkedAt ?? null;
  const recent = lookedAt !== null && Date.now() - lookedAt.getTime() < SHOWN_MS;
  return {
    power: power && {
      address: power.address,
      port: power.port,
      login: power.login,
      state: power.state,
      checkedAt: power.checkedAt?.toISOString() ?? null,
      problem: power.problem,
    },
    checks: recent ? (Checks.safeParse(health?.checks).data ?? []) : [],
    checkedAt: recent ? lookedAt.toISOString() : null,
    pending: health?.pending ? { text: health.pending, since: (health.pendingSince ?? new Date()).toISOString() } : null,
    answeringSince: health?.answeringSince?.toISOString() ?? null,
    fence: fence && {
      id: fence.id,
      state: fence.state as "running" | "confirmed" | "unconfirmed", // PostgreSQL takes no other
      cause: fence.cause,
      evidence: evidenceOf(fence),
      vms: vmsOf(fence),
      problem: fence.problem,
      actorName: fence.actorName,
      startedAt: fence.startedAt.toISOString(),
      endedAt: fence.endedAt?.toISOString() ?? null,
    },
    vms: await lastVms(node),
  };
}
