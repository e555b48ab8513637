import type { Tx } from "../../db";
import { PLAN_EVENTS } from "../../messages/plan";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { permitted } from "../nodes/guard";
import type { Started } from "../nodes/start-once";
import { startOperation } from "../operations/start";

/** Asks for a restart of a machine that is In maintenance, in a transaction of somebody else. */
export async function rebootIn(tx: Tx, input: { nodeId: string }, call: Call): Promise<Outcome<Started>> {
  const allowed = await permitted(tx, "reboot", input, call.actor);
  if (!allowed.ok) return allowed;
  const { node, region } = allowed.value;
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
