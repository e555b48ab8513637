import { z } from "zod";
import type { VmState } from "../../domain/maintenance";
import { holdsMemory } from "../../domain/placement";
import { db } from "../../db";
import { abortMigration, listVms, vmState } from "../../machines/hypervisor";
import { done } from "../../outcome";
import { record } from "../../services/events/record";
import { actorOf } from "../../services/operations/actor-of";
import { nodeWithKey } from "../drain/drain";
import { withNode } from "../reach";
import { ended, keepResult, nodeOf, type Step } from "./step";

const Request = z.object({ maintenanceId: z.uuid().nullable() });
const Found = z.object({ found: z.array(z.object({ uuid: z.string(), state: z.enum(["waiting", "moved", "stopped"]) })) });

const rowsOf = async (request: unknown) => {
  const { maintenanceId } = Request.parse(request);
  return maintenanceId ? db.maintenanceVm.findMany({ where: { maintenanceId }, orderBy: { position: "asc" } }) : [];
};

/** Whoever moved them has lost the operation; what he began may still run on the machine itself. */
const stop: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const moving = (await rowsOf(operation.request)).filter(({ state }) => state === "moving");
  if (!moving.length) return ended("None was under way");
  const stopped = await withNode(operation, node.value, async (machine) => {
    for (const { uuid } of moving) {
      const aborted = await abortMigration(machine, uuid);
      if (!aborted.ok) return aborted;
    }
    return done(moving.length);
  });
  return stopped.ok ? ended(`${stopped.value} stopped`) : ended(`Not reached: ${stopped.reason}`, { state: "warning" });
};

/** Each is where a hypervisor says that it runs: here, there, or nowhere. */
const look: Step = async (operation) => {
  const node = await nodeOf(operation);
  if (!node.ok) return node;
  const rows = (await rowsOf(operation.request)).filter(({ state }) => ["waiting", "moving", "moved", "failed"].includes(state));
  // Once more: the node may not have answered when it was asked to stop, and what still flies has not stayed.
  const moving = rows.filter(({ state }) => state === "moving");
  const here = await withNode(operation, node.value, async (machine) => {
    for (const { uuid } of moving) await abortMigration(machine, uuid); // it says so below
    return listVms(machine);
  });
  const runs = new Set(here.ok ? here.value.filter(holdsMemory).map(({ uuid }) => uuid) : []);
  const found: z.infer<typeof Found>["found"] = [];
  for (const { uuid, targetId } of rows) {
    if (runs.has(uuid)) found.push({ uuid, state: "waiting" });
    else {
      const target = targetId ? await nodeWithKey(targetId) : null;
      const there = target && (await withNode(operation, target, (machine) => vmState(machine, uuid)));
      if (there?.ok && there.value === "running") found.push({ uuid, state: "moved" });
      else if (there?.ok && here.ok) found.push({ uuid, state: "stopped" });
    }
  }
  await keepResult(operation, { found });
  const moved = found.filter(({ state }) => state === "moved").length;
  const unknown = rows.length - found.length;
  const detail = `${moved} elsewhere, ${found.filter(({ state }) => state === "waiting").length} here${unknown ? `, ${unknown} could not be seen` : ""}`;
  return ended(detail, {
    ...(unknown ? { state: "warning" as const } : {}),
    commit: async (tx, { operation: held, region }) => {
      const { maintenanceId } = Request.parse(held.request);
      if (!maintenanceId) return done(undefined);
      for (const { uuid, state } of found) {
        const settled: VmState = state === "waiting" ? "returned" : state;
        const detailOf = state === "stopped" ? "It runs on neither node." : state === "waiting" ? "It stayed here." : "";
        await tx.maintenanceVm.update({
          where: { maintenanceId_uuid: { maintenanceId, uuid } },
          // What stayed has not come back: counted as an arrival, it would take the room twice until the next survey.
          data: { state: settled, detail: detailOf, endedAt: state === "waiting" ? null : region.now },
        });
      }
      const names = rows.filter(({ uuid }) => found.some((one) => one.uuid === uuid && one.state === "moved")).map(({ name }) => name);
      if (names.length)
        await record(tx, {
          kind: "maintenance.plan",
          message: `${names.join(", ")} of ${node.value.name} had moved before the maintenance was cancelled.`,
          actor: actorOf(held),
          node: node.value,
          operationId: held.id,
          details: { maintenanceId, moved: names },
        });
      return done(undefined);
    },
  });
};

export const cancelMaintenanceSteps = { stop, look };
