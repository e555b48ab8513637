import type { Tx } from "../../db";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { permitted } from "../nodes/guard";
import { startOnce, type Started } from "../nodes/start-once";
import { startOperation } from "../operations/start";
import { openMaintenance } from "./open";

export type ActivateInput = { nodeId: string; version: number; bringBack: boolean };

/** Asks for a node back in service. It leaves In maintenance when it has been inspected and nothing stands against it. */
export const activateNode = (input: ActivateInput, call: Call): Promise<Outcome<Started>> =>
  startOnce(call, { kind: "activate", nodeId: input.nodeId }, (tx) => activateIn(tx, input, call));

/** As activateNode, in a transaction of somebody else. */
export async function activateIn(tx: Tx, input: ActivateInput, call: Call): Promise<Outcome<Started>> {
  const allowed = await permitted(tx, "activate", input, call.actor);
  if (!allowed.ok) return allowed;
  const { node, region } = allowed.value;
  const open = await openMaintenance(tx, node.id);
  const operationId = await startOperation(tx, {
    kind: "activate",
    call,
    ip: node.ip,
    node,
    request: { bringBack: input.bringBack, maintenanceId: open?.id ?? null },
    now: region.now,
  });
  await record(tx, {
    kind: "maintenance.activation",
    message: `${call.actor.name} asked for ${node.name} back in service${input.bringBack ? ", with its VMs" : ""}.`,
    actor: call.actor,
    node,
    operationId,
  });
  return done({ operationId });
}
