import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Vm } from "../../domain/inventory";
import type { Housekeeping, VmState } from "../../domain/maintenance";
import { holdsMemory } from "../../domain/placement";
import { db } from "../../db";
import type { MaintenanceVm } from "../../generated/prisma/client";
import { abortMigration, listVms, stopVm, storagePools, vmState } from "../../machines/hypervisor";
import type { Machine } from "../../machines/dial";
import { done, type Outcome } from "../../outcome";
import { SYSTEM } from "../../services/actor";
import { record } from "../../services/events/record";
import { tellStep } from "../../services/operations/steps";
import { arriving } from "../drain/arrivals";
import { nodeWithKey } from "../drain/drain";
import type { Held } from "../held";
import { withNode } from "../reach";
import { ended, keepResult, nodeOf, type Step } from "./step";

const Request = z.object({ maintenanceId: z.uuid() });
const Result = z.object({
  reached: z.boolean(),
  stopped: z.array(z.string()),
  alive: z.array(z.string()),
  degraded: z.array(z.string()),
  cause: z.string(),
});
type Result = z.infer<typeof Result>;

const SESSION_MS = 9 * 60_000;
/** For guests to shut down by themselves, before they are cut off. */
const PATIENCE_MS = 20_000;
const LOOK_MS = 1000;

/** Stops what runs, gently first. A node that does not answer is forced all the same: that is what force is for. */
const stop: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  await turnBack(operation, node.value.id);
  const outcome = await withNode(operation, node.value, (machine) => stopAll(machine, (detail) => tellStep(operation.id, "stop", detail)), {
    sessionMs: SESSION_MS,
  });
  const result: Result = outcome.ok
    ? { reached: true, cause: "", ...outcome.value }
    : { reached: false, stopped: [], alive: [], degraded: [], cause: outcome.reason };
  await keepResult(operation, result);
  if (!result.reached) return ended(`Not reached: ${result.cause}`, { state: "warning" });
  if (result.alive.length) return ended(`Still running: ${result.alive.join(", ")}`, { state: "warning" });
  return ended(result.stopped.length ? `Stopped ${result.stopped.join(", ")}` : "No VM ran");
};

/** What other drains send here would arrive on a node that is being serviced. It stays where it is, and its drain finds it another place. */
async function turnBack(operation: Held, nodeId: string): Promise<void> {
  for (const { uuid, homeId } of await arriving(nodeId)) {
    const home = await nodeWithKey(homeId);
    if (home) await withNode(operation, home, (machine) => abortMigration(machine, uuid)); // what arrives all the same is stopped below
  }
}

async function stopAll(
  machine: Machine,
  tell: (detail: string) => Promise<void>,
): Promise<Outcome<Pick<Result, "stopped" | "alive" | "degraded">>> {
  const before = await listVms(machine);
  if (!before.ok) return before;
  const running = before.value.filter(holdsMemory);
  await tell(`Shutting down ${running.map(({ name }) => name).join(", ")}`);
  for (const { uuid } of running) await stopVm(machine, uuid, { hard: false }); // who does not listen is met again below
  for (let waited = 0; waited < PATIENCE_MS && (await stillRuns(machine, running)); waited += LOOK_MS) await sleep(LOOK_MS);
  for (const { uuid } of running) await stopVm(machine, uuid, { hard: true });
  const after = await listVms(machine);
  if (!after.ok) return after;
  const alive = after.value.filter(holdsMemory).map(({ name }) => name);
  const pools = await storagePools(machine);
  return done({
    stopped: running.map(({ name }) => name).filter((name) => !alive.includes(name)),
    alive,
    degraded: pools.ok
      ? pools.value.filter(({ health }) => health !== "ok").map(({ kind, name, detail }) => `${kind} ${name}: ${detail.replace(/\.$/, "")}`)
      : [],
  });
}

async function stillRuns(machine: Machine, vms: readonly Vm[]): Promise<boolean> {
  for (const { uuid } of vms) {
    const state = await vmState(machine, uuid);
    if (!state.ok || (state.value !== "absent" && holdsMemory({ state: state.value }))) return true;
  }
  return false;
}

function fateOf(name: string, { reached, alive, stopped }: Result): { state: VmState; detail: string } {
  if (!reached) return { state: "failed", detail: "The node was not reached; it may still run there." };
  if (alive.includes(name)) return { state: "failed", detail: "It did not stop." };
  return { state: "stopped", detail: stopped.includes(name) ? "Stopped by force." : "It did not run any more." };
}

/** What a drain would have done and this did not, each with the way to repair it. */
function housekeeping(result: Result, open: { name: string; state: string; targetName: string | null }[]): Housekeeping {
  const list: Housekeeping = [];
  const half = open.filter(({ state, targetName }) => targetName !== null && (state === "moving" || state === "waiting"));
  if (!result.reached)
    list.push({
      skipped: `The node was not reached (${result.cause}). Its VMs may still run.`,
      repair: "Make sure that the machine is off, or look at it, before any of its VMs is started elsewhere.",
    });
  if (result.alive.length)
    list.push({
      skipped: `${result.alive.join(", ")} did not stop.`,
      repair: "Stop them on the node with virsh destroy before it is serviced.",
    });
  if (result.stopped.length)
    list.push({
      skipped: `${result.stopped.join(", ")} ${result.stopped.length === 1 ? "was" : "were"} stopped and not moved.`,
      repair: "Start them again when the node is back, or move their disks and definitions to another node.",
    });
  if (half.length)
    list.push({
      skipped: `The drain had not reached ${half.map(({ name }) => name).join(", ")}; ${result.reached ? "a migration under way was cut" : "what was on its way may still arrive"}.`,
      repair: `Look on ${[...new Set(half.flatMap(({ targetName }) => targetName ?? []))].join(", ") || "the targets"} for copies that do not run, and undefine them.`,
    });
  if (result.degraded.length)
    list.push({
      skipped: `Data pools were not checked before: ${result.degraded.join("; ")}.`,
      repair: "Heal the pools before the node is removed.",
    });
  list.push({ skipped: "No check of memory or of passed-through devices was made.", repair: "Review memory headroom on the Nodes page." });
  return list;
}

/** What was moving when it was cut: arrived, or stopped. As long as nobody can say, it may still arrive and keeps its state. */
async function settleMoving(
  operation: Held,
  rows: readonly MaintenanceVm[],
  reached: boolean,
): Promise<{ uuid: string; state: VmState }[]> {
  const settled: { uuid: string; state: VmState }[] = [];
  for (const { uuid, state, targetId } of rows) {
    const target = state === "moving" && targetId ? await nodeWithKey(targetId) : null;
    const there = target && (await withNode(operation, target, (machine) => vmState(machine, uuid)));
    if (there?.ok && there.value === "running") settled.push({ uuid, state: "moved" });
    else if (there?.ok && reached) settled.push({ uuid, state: "stopped" });
  }
  return settled;
}

const ARRIVED = { state: "moved" satisfies VmState, detail: "It had arrived." };

const recordStep: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const { maintenanceId } = Request.parse(operation.request);
  const result = Result.parse(operation.result);
  const rows = await db.maintenanceVm.findMany({ where: { maintenanceId } });
  const settled = await settleMoving(operation, rows, result.reached);
  const list = housekeeping(result, rows);
  return ended(`${list.length} ${list.length === 1 ? "point" : "points"}`, {
    commit: async (tx, { operation: held, region }) => {
      await tx.maintenance.update({ where: { id: maintenanceId }, data: { housekeeping: list } });
      const arrived = new Set(settled.flatMap(({ uuid, state }) => (state === "moved" ? uuid : [])));
      const over = new Set(settled.map(({ uuid }) => uuid));
      for (const { uuid, name } of rows.filter((row) => row.state === "waiting" || over.has(row.uuid)))
        await tx.maintenanceVm.update({
          where: { maintenanceId_uuid: { maintenanceId, uuid } },
          data: { ...(arrived.has(uuid) ? ARRIVED : fateOf(name, result)), endedAt: region.now },
        });
      await record(tx, {
        kind: "maintenance.housekeeping",
        severity: "warning",
        message: `Force Maintenance of ${node.value.name} skipped housekeeping: ${list.map(({ skipped }) => skipped).join(" ")}`,
        actor: SYSTEM,
        node: node.value,
        operationId: held.id,
        details: { housekeeping: list },
      });
      return done(undefined);
    },
  });
};

export const forceMaintenanceSteps = { stop, record: recordStep };
