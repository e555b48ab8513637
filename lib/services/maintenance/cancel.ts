import { transition, type Transition } from "../../domain/lifecycle";
import { NODE_STATUSES } from "../../domain/status";
import { done, refuse, type Outcome } from "../../outcome";
import type { Tx } from "../../db";
import type { Maintenance, Node } from "../../generated/prisma/client";
import type { Actor } from "../actor";
import type { Call } from "../call";
import { permitted } from "../nodes/guard";
import { moveNode } from "../nodes/move";
import { startOnce, type Started } from "../nodes/start-once";
import { endEarly } from "../operations/end-early";
import { startOperation } from "../operations/start";
import type { RegionRow } from "../region";
import { cameFromOf, endMaintenance, openMaintenance } from "./open";

export type CancelInput = { nodeId: string; version: number };

/** Ends a drain where it stands: the node is what it was before, and what has moved is known. */
export const cancelMaintenance = (input: CancelInput, call: Call): Promise<Outcome<Started>> =>
  startOnce(call, { kind: "cancelMaintenance", nodeId: input.nodeId }, async (tx) => {
    const allowed = await permitted(tx, "cancelMaintenance", input, call.actor);
    if (!allowed.ok) return allowed;
    const { node, region } = allowed.value;
    const open = await openMaintenance(tx, node.id);
    const edge = transition(node.status, "cancelMaintenance", { cameFrom: cameFromOf(open) });
    if (!edge) throw new Error(`The lifecycle has no way back to ${cameFromOf(open)}.`);
    const message = `${call.actor.name} cancelled the maintenance of ${node.name}.`;
    return done(await rollBack(tx, { node, region, open }, edge, { actor: call.actor, message, idempotencyKey: call.idempotencyKey }));
  });

/** The same for an administrator and for a deadline. What is on its way on the machines is stopped by an operation of its own. */
export async function rollBack(
  tx: Tx,
  { node, region, open }: { node: Node; region: RegionRow; open: Maintenance | null },
  edge: Transition,
  { actor, message, idempotencyKey = null }: { actor: Actor; message: string; idempotencyKey?: string | null },
): Promise<Started> {
  await endEarly(tx, node, region.now, refuse("cancelled", `Cancelled by ${actor.name}.`));
  const operationId = await startOperation(tx, {
    kind: "cancelMaintenance",
    call: { actor, idempotencyKey },
    ip: node.ip,
    node,
    request: { maintenanceId: open?.id ?? null },
    now: region.now,
  });
  await moveNode(tx, node, region, {
    transition: edge,
    actor,
    message,
    reason: open?.cameReason ?? null,
    // Who had it fenced may stand there; why a node Failed is always written by Regent.
    personal: edge.to === "Fenced",
    operationId,
    details: { maintenanceId: open?.id ?? null, backTo: edge.to ? NODE_STATUSES[edge.to].label : null },
  });
  await endMaintenance(tx, node.id, "cancelled", region.now);
  return { operationId };
}
