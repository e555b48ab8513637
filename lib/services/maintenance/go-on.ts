import { deadlineFor } from "../../domain/lifecycle";
import { db, type Tx } from "../../db";
import { done, refuse, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { permitted } from "../nodes/guard";
import { startOnce, type Started } from "../nodes/start-once";
import { startOperation } from "../operations/start";
import { openMaintenance } from "./open";

export type GoOnInput = { nodeId: string; version: number };

/** Takes up a drain that stands: looks again, plans again, and moves what is left, with a deadline of its own. */
export const continueMaintenance = (input: GoOnInput, call: Call): Promise<Outcome<Started>> =>
  startOnce(call, { kind: "maintenance", nodeId: input.nodeId }, (tx) => continueIn(tx, input, call));

/** As continueMaintenance, in a transaction of somebody else. */
export async function continueIn(tx: Tx, input: GoOnInput, call: Call): Promise<Outcome<Started>> {
  const allowed = await permitted(tx, "continueMaintenance", input, call.actor);
  if (!allowed.ok) return allowed;
  const { node, region } = allowed.value;
  const open = await openMaintenance(tx, node.id);
  const maintenance =
    open ??
    (await tx.maintenance.create({
      data: { nodeId: node.id, nodeName: node.name, cameFrom: "Active", actorId: call.actor.id, actorName: call.actor.name },
    }));
  const left = await tx.maintenanceVm.count({ where: { maintenanceId: maintenance.id, state: { in: ["waiting", "moving", "failed"] } } });
  const deadlineMs = deadlineFor("EnteringMaintenance", region.settings, left) ?? 0;
  const operationId = await startOperation(tx, {
    kind: "maintenance",
    call,
    ip: node.ip,
    node,
    request: { maintenanceId: maintenance.id },
    now: region.now,
    deadlineMs,
  });
  await tx.node.update({
    where: { id: node.id },
    data: {
      statusReason: maintenance.reason || null,
      reasonIsPersonal: true,
      deadlineAt: new Date(region.now.getTime() + deadlineMs),
      version: node.version + 1,
    },
  });
  await record(tx, {
    kind: "maintenance.continued",
    message: `${call.actor.name} continued the maintenance of ${node.name}.`,
    actor: call.actor,
    node: { ...node, version: node.version + 1 },
    operationId,
  });
  return done({ operationId });
}

const EXTEND_MINUTES = 15;

/** More time for a drain that runs. */
export const extendMaintenance = ({ nodeId }: { nodeId: string }, call: Call): Promise<Outcome<{ deadlineAt: string }>> =>
  db.$transaction(async (tx) => {
    const allowed = await permitted(tx, "extendMaintenance", { nodeId }, call.actor);
    if (!allowed.ok) return allowed;
    const { node, region } = allowed.value;
    const running = await tx.operation.findFirst({ where: { nodeId, kind: "maintenance", status: { in: ["pending", "running"] } } });
    if (!running)
      return refuse("not-running", "The drain stands; there is no deadline to extend.", { hint: "Select Continue maintenance." });
    const deadlineAt = new Date(Math.max(running.deadlineAt.getTime(), region.now.getTime()) + EXTEND_MINUTES * 60_000);
    await tx.operation.update({ where: { id: running.id }, data: { deadlineAt } });
    await tx.node.update({ where: { id: nodeId }, data: { deadlineAt } });
    await record(tx, {
      kind: "maintenance.extended",
      message: `${call.actor.name} gave the maintenance of ${node.name} ${EXTEND_MINUTES} minutes more.`,
      actor: call.actor,
      node,
      operationId: running.id,
      details: { deadlineAt: deadlineAt.toISOString() },
    });
    return done({ deadlineAt: deadlineAt.toISOString() });
  });
