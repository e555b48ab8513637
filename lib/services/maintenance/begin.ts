import { deadlineFor } from "../../domain/lifecycle";
import { storedPlan } from "../../domain/maintenance";
import { preflight } from "../../domain/preflight";
import type { Tx } from "../../db";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { permitted } from "../nodes/guard";
import { moveNode } from "../nodes/move";
import { startOnce, type Started } from "../nodes/start-once";
import { requireTransition } from "../nodes/transitions";
import { startOperation } from "../operations/start";
import { preflightFacts } from "./facts";
import { writePlan } from "./vms";

export type MaintenanceInput = { nodeId: string; version: number; reason?: string | undefined };

/**
 * Puts a node on its way into maintenance: the checks of the dialog are made again in the transaction that moves it, and the plan
 * they give is the one that runs. What else is decided about the region waits meanwhile, so no two plans spend the same memory.
 */
export const beginMaintenance = (input: MaintenanceInput, call: Call): Promise<Outcome<Started>> =>
  startOnce(call, { kind: "maintenance", nodeId: input.nodeId }, (tx) => beginMaintenanceIn(tx, input, call));

/** As beginMaintenance, in a transaction of somebody else. */
export async function beginMaintenanceIn(tx: Tx, input: MaintenanceInput, call: Call): Promise<Outcome<Started>> {
  const allowed = await permitted(tx, "maintenance", input, call.actor);
  if (!allowed.ok) return allowed;
  const { node, region } = allowed.value;
  const { refusal, placement } = preflight(await preflightFacts(tx, node, allowed.value));
  if (refusal) return refusal;
  const reason = input.reason ?? "";
  const maintenance = await tx.maintenance.create({
    data: {
      nodeId: node.id,
      nodeName: node.name,
      cameFrom: node.status,
      cameReason: node.statusReason,
      reason,
      actorId: call.actor.id,
      actorName: call.actor.name,
      plan: storedPlan(placement),
      startedAt: region.now,
    },
  });
  await writePlan(tx, maintenance.id, placement);
  const vmCount = placement.moves.length;
  const deadlineMs = deadlineFor("EnteringMaintenance", region.settings, vmCount) ?? undefined;
  const operationId = await startOperation(tx, {
    kind: "maintenance",
    call,
    ip: node.ip,
    node,
    request: { maintenanceId: maintenance.id },
    now: region.now,
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  });
  await moveNode(tx, node, region, {
    transition: requireTransition(node.status, "maintenance"),
    actor: call.actor,
    message: `${call.actor.name} took ${node.name} out for maintenance${reason ? `: ${reason}` : "."}`,
    reason: reason || null,
    operationId,
    vmCount,
    details: {
      maintenanceId: maintenance.id,
      plan: placement.moves.map(({ vm, targetName }) => ({ vm: vm.name, bytes: vm.memoryBytes, to: targetName })),
    },
  });
  return done({ operationId });
}
