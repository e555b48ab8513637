import { drainProgress, type DrainProgress } from "../../domain/drain-progress";
import { Housekeeping, isVmState, OUTCOMES, StoredPlan, VM_STATES, type VmState } from "../../domain/maintenance";
import { db } from "../../db";
import type { Maintenance, MaintenanceVm } from "../../generated/prisma/client";
import type { RegionSettings } from "../../domain/settings";
import type { NodeStatus } from "../../domain/status";
import { readRegion, type RegionRow } from "../region";

/** One machine of a drain, for the line that shows it. Sizes in bytes, times ISO 8601. */
export type DrainLine = {
  uuid: string;
  name: string;
  memoryBytes: number;
  state: VmState;
  label: string;
  plannedName: string | null;
  targetId: string | null;
  targetName: string | null;
  tries: number;
  movedBytes: number | null;
  totalBytes: number | null;
  detail: string;
  startedAt: string | null;
};

/** A stay out of service, as every administrator may see it: plan, lines, outcome. */
export type MaintenanceView = {
  id: string;
  nodeId: string;
  nodeName: string;
  cameFrom: NodeStatus;
  reason: string;
  forced: boolean;
  actorName: string;
  startedAt: string;
  enteredAt: string | null;
  endedAt: string | null;
  outcome: string | null;
  plan: StoredPlan;
  housekeeping: Housekeeping;
  lines: DrainLine[];
  /** By the database's clock, at the moment of reading. */
  progress: DrainProgress;
  /** How often one VM is tried, and what comes after the deadline, as the region is set now. */
  rules: { tries: number; deadline: RegionSettings["drainDeadline"] };
};

const WITH_LINES = { include: { vms: { orderBy: { position: "asc" } } } } as const;

/** The stay that a node is in, or the last one it was in; null when it never was. */
export async function lastMaintenance(nodeId: string): Promise<MaintenanceView | null> {
  const found = await db.maintenance.findFirst({ where: { nodeId }, orderBy: { startedAt: "desc" }, ...WITH_LINES });
  if (!found) return null;
  return toView(found, await readRegion(db));
}

type Found = Maintenance & { vms: MaintenanceVm[] };

function toView({ vms, plan, housekeeping, outcome, ...row }: Found, { settings, now }: RegionRow): MaintenanceView {
  const lines = vms.map(lineOf);
  return {
    id: row.id,
    nodeId: row.nodeId,
    nodeName: row.nodeName,
    cameFrom: row.cameFrom,
    reason: row.reason,
    forced: row.forced,
    actorName: row.actorName,
    startedAt: row.startedAt.toISOString(),
    enteredAt: row.enteredAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    outcome: outcome && Object.hasOwn(OUTCOMES, outcome) ? OUTCOMES[outcome as keyof typeof OUTCOMES] : outcome, // just asked
    plan: StoredPlan.parse(plan),
    housekeeping: Housekeeping.safeParse(housekeeping).data ?? [],
    lines,
    progress: drainProgress(lines, now.getTime()),
    rules: { tries: settings.drain.tries, deadline: settings.drainDeadline },
  };
}

function lineOf({
  uuid,
  name,
  memoryBytes,
  state,
  plannedName,
  targetId,
  targetName,
  tries,
  movedBytes,
  totalBytes,
  detail,
  startedAt,
}: MaintenanceVm): DrainLine {
  const known: VmState = isVmState(state) ? state : "waiting";
  const asNumber = (bytes: bigint | null): number | null => (bytes === null ? null : Number(bytes));
  return {
    uuid,
    name,
    memoryBytes: Number(memoryBytes),
    state: known,
    label: VM_STATES[known].label,
    plannedName,
    targetId,
    targetName,
    tries,
    movedBytes: asNumber(movedBytes),
    totalBytes: asNumber(totalBytes),
    detail,
    startedAt: startedAt?.toISOString() ?? null,
  };
}
