import { hostKeyUnchanged, idle } from "../../domain/guards";
import { permissionRefusal, permits } from "../../domain/permissions";
import { PLAN_EVENTS, PLAN_REFUSALS } from "../../messages/plan";
import type { Tx } from "../../db";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { contextFor, factsForGuards } from "../nodes/guard";
import type { Started } from "../nodes/start-once";
import { startOperation } from "../operations/start";
import { lockRegion } from "../region";

/** Asks for a restart of a machine that is In maintenance, in a transaction of somebody else. No command of an administrator: only a plan asks for it. */
export async function rebootIn(tx: Tx, { nodeId }: { nodeId: string }, call: Call): Promise<Outcome<Started>> {
  if (!permits(call.actor.role, "node.maintenance")) return permissionRefusal("node.maintenance");
  const region = await lockRegion(tx);
  const node = await tx.node.findUnique({ where: { id: nodeId } });
  if (node?.status !== "InMaintenance") return PLAN_REFUSALS.notIn(node?.name ?? "The node");
  const facts = factsForGuards(node);
  const context = await contextFor(tx, node, region, call.actor.role);
  const refused = idle(facts, context) ?? hostKeyUnchanged(facts, context);
  if (refused) return refused;
  const operationId = await startOperation(tx, { kind: "reboot", call, ip: node.ip, node, now: region.now });
  await record(tx, {
    kind: "plan.restart",
    message: PLAN_EVENTS.restart(call.actor.name, node.name),
    actor: call.actor,
    node,
    operationId,
  });
  return done({ operationId });
}
