import { holdsMemory } from "../../domain/placement";
import { transition } from "../../domain/lifecycle";
import { db, type Tx } from "../../db";
import type { MaintenanceVm } from "../../generated/prisma/client";
import type { Machine } from "../../machines/dial";
import { abortMigration, listVms } from "../../machines/hypervisor";
import { sharedEnv } from "../../env";
import { done, refuse, type Outcome, type Refusal } from "../../outcome";
import { SYSTEM } from "../../services/actor";
import { record } from "../../services/events/record";
import { cameFromOf, openMaintenance } from "../../services/maintenance/open";
import { preflightAgain } from "../../services/maintenance/preflight";
import { rewritePlan } from "../../services/maintenance/vms";
import { moveNode } from "../../services/nodes/move";
import { tellStep } from "../../services/operations/steps";
import type { HeldOperation } from "../../services/operations/lock";
import { arrivalsOver } from "../drain/arrivals";
import { moveAll, nodeWithKey, stayed } from "../drain/drain";
import { retarget } from "../drain/lines";
import { proveWay, type Reached } from "../drain/way";
import type { Held } from "../held";
import { withNode } from "../reach";
import { ended, nodeOf, type Step } from "./step";

/** Only silence leaves a fence its word: a host that refuses a connection, or breaks it off, is on again, and what runs there nobody sees. */
const SILENT = ["unreachable", "timeout"];
/** The simulated servers have one machine, which refuses for those of them that are off. */
const isOff = ({ code }: Refusal): boolean => SILENT.includes(code) || (code === "refused" && sharedEnv().REGENT_DEMO);
const GONE = refuse("node-gone", "The node is no longer entering maintenance.");

/** What runs on the node now decides, not what ran when the administrator looked; the checks of the dialog are made once more on it. */
const look: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const open = await openMaintenance(db, node.value.id);
  if (!open) return GONE;
  const settled = await arrivalsOver(operation, "look");
  if (!settled.ok) return settled;
  const begun = await db.maintenanceVm.findMany({ where: { maintenanceId: open.id, state: { in: ["moving", "failed"] } } });
  const seen = await withNode(operation, node.value, (machine) => endLeftovers(machine, begun).then(() => listVms(machine)));
  // A fence is evidence that the machine is off: then there is nothing to look at.
  if (!seen.ok && cameFromOf(open) === "Fenced" && isOff(seen)) return ended("Fenced with evidence: nothing runs");
  if (!seen.ok) return seen;
  const running = seen.value.filter(holdsMemory).length;
  return ended(running ? `${running} ${running === 1 ? "VM runs" : "VMs run"}` : "No VM runs", {
    commit: async (tx, { operation: held, region }) => {
      const now = held.nodeId ? await tx.node.findUnique({ where: { id: held.nodeId } }) : null;
      if (now?.status !== "EnteringMaintenance") return GONE;
      const again = await preflightAgain(tx, now, region, seen.value);
      if (again.refusal) return again.refusal;
      await rewritePlan(tx, open.id, again.placement, region.now);
      return done(undefined);
    },
  });
};

/** What an earlier drain began and nobody follows: it would arrive where the new plan does not expect it. */
async function endLeftovers(machine: Machine, rows: readonly { uuid: string }[]): Promise<void> {
  for (const { uuid } of rows) await abortMigration(machine, uuid); // most often there is none, and what is not here has arrived
}

/** Every target is shown to be reachable from the node before the first machine leaves. */
const prepare: Step = async (operation) => {
  const source = operation.nodeId ? await nodeWithKey(operation.nodeId) : null;
  const open = source && (await openMaintenance(db, source.id));
  if (!source || !open) return GONE;
  const rows = await db.maintenanceVm.findMany({ where: { maintenanceId: open.id, state: { in: ["waiting", "moving"] } } });
  const ids = [...new Set(rows.flatMap(({ targetId }) => targetId ?? []))];
  for (const [index, id] of ids.entries()) {
    const target = await nodeWithKey(id);
    if (!target) return refuse("no-target", "A target was deleted meanwhile.", { hint: "Select Continue maintenance." });
    await tellStep(operation.id, "prepare", `${target.name}, ${index + 1} of ${ids.length}`);
    const way = await proveWay(operation, source, target);
    if (!way.ok && !(await elsewhere(operation, source, rows, id))) return way;
  }
  return ended(ids.length ? `${ids.length} ${ids.length === 1 ? "target" : "targets"} ready` : "None needed");
};

/** A target that is not reached is left out where the others have room: the way to a new one is proved when its turn comes. */
async function elsewhere(operation: Held, source: Reached, rows: readonly MaintenanceVm[], targetId: string): Promise<boolean> {
  for (const row of rows.filter((one) => one.targetId === targetId))
    if (!(await retarget(operation, row, source, new Set([targetId])))) return false;
  return !operation.signal.aborted;
}

const move: Step = async (operation) => {
  const source = operation.nodeId ? await nodeWithKey(operation.nodeId) : null;
  const open = source && (await openMaintenance(db, source.id));
  if (!source || !open) return GONE;
  const moved = await moveAll(operation, "move", open.id, source, "away");
  if (!moved.ok) return moved;
  if (moved.value.failed.length) return stayed(moved.value);
  return ended(moved.value.total ? `${moved.value.moved} of ${moved.value.total} moved` : "Nothing had to move");
};

/** "Drained" is what the node itself says after the drain, never what follows from the moves. */
const verify: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const open = await openMaintenance(db, node.value.id);
  const settled = await arrivalsOver(operation, "verify");
  if (!settled.ok) return settled;
  const seen = await withNode(operation, node.value, listVms);
  const fenced = !seen.ok && cameFromOf(open) === "Fenced" && isOff(seen);
  if (!seen.ok && !fenced) return seen;
  const left = seen.ok ? seen.value.filter(holdsMemory) : [];
  if (left.length) {
    const names = left.map(({ name }) => name).join(", ");
    return refuse("still-running", `${names} ${left.length === 1 ? "runs" : "run"} on the node again.`, {
      hint: "Select Continue maintenance.",
    });
  }
  return ended(seen.ok ? "No VM runs" : "Fenced with evidence: nothing runs", { commit: drained });
};

async function drained(tx: Tx, { operation, region }: HeldOperation): Promise<Outcome> {
  const node = operation.nodeId ? await tx.node.findUnique({ where: { id: operation.nodeId } }) : null;
  const edge = node && transition(node.status, "drained");
  const open = node && (await openMaintenance(tx, node.id));
  if (!node || !edge || !open) return GONE;
  const rows = await tx.maintenanceVm.findMany({ where: { maintenanceId: open.id }, orderBy: { position: "asc" } });
  await moveNode(tx, node, region, {
    transition: edge,
    actor: SYSTEM,
    message: `${node.name} is In maintenance: no VM is left on it.`,
    reason: open.reason || null,
    personal: true,
    operationId: operation.id,
  });
  await tx.maintenance.update({ where: { id: open.id }, data: { enteredAt: region.now } });
  const moved = rows.filter(({ state }) => state === "moved");
  const asPlanned = moved.filter(({ plannedId, targetId }) => plannedId === targetId).length;
  const rest = rows.length - moved.length;
  if (rows.length)
    await record(tx, {
      kind: "maintenance.plan",
      message: `${moved.length} of ${rows.length} VMs of ${node.name} moved, ${asPlanned} as planned${rest ? `; ${rest} no longer ran` : ""}.`,
      actor: SYSTEM,
      node: { ...node, version: node.version + 1 },
      operationId: operation.id,
      details: {
        vms: rows.map(({ name, state, plannedName, targetName, tries, detail }) => ({
          vm: name,
          state,
          planned: plannedName,
          to: targetName,
          tries,
          detail,
        })),
      },
    });
  return done(undefined);
}

export const maintenanceSteps = { look, prepare, move, verify };
