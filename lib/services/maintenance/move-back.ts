import { db } from "../../db";
import { done, refuse, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { permitted } from "../nodes/guard";
import { startOnce, type Started } from "../nodes/start-once";
import { startOperation } from "../operations/start";
import { movedAway } from "./vms";

/** The newest maintenance of a node whose machines are still elsewhere; null when there is none. */
export async function lastMovedAway(nodeId: string, tx = db as Pick<typeof db, "maintenance">): Promise<string | null> {
  const last = await tx.maintenance.findFirst({
    where: { nodeId },
    orderBy: { startedAt: "desc" },
    include: { vms: { where: { state: "moved" } } },
  });
  return last?.endedAt && last.vms.length ? last.id : null;
}

/** Brings back what Regent moved away from a node that is in service again, e.g. after a cancelled drain. */
export const moveBack = ({ nodeId }: { nodeId: string }, call: Call): Promise<Outcome<Started>> =>
  startOnce(call, { kind: "moveBack", nodeId }, async (tx) => {
    const allowed = await permitted(tx, "moveBack", { nodeId }, call.actor);
    if (!allowed.ok) return allowed;
    const { node, region } = allowed.value;
    const maintenanceId = await lastMovedAway(node.id, tx);
    const vms = maintenanceId ? await movedAway(tx, maintenanceId) : [];
    if (!maintenanceId || !vms.length) return refuse("nothing-away", `No VM that Regent moved away from ${node.name} is still elsewhere.`);
    const operationId = await startOperation(tx, {
      kind: "moveBack",
      call,
      ip: node.ip,
      node,
      request: { maintenanceId },
      now: region.now,
    });
    await record(tx, {
      kind: "maintenance.move-back",
      message: `${call.actor.name} asked for the ${vms.length === 1 ? "VM" : `${vms.length} VMs`} of ${node.name} to come back.`,
      actor: call.actor,
      node,
      operationId,
      details: { vms: vms.map(({ name, targetName }) => ({ vm: name, from: targetName })) },
    });
    return done({ operationId });
  });
