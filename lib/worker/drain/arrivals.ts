/** Machines of other drains that are on their way to a node which is itself taken out. */
import { setTimeout as sleep } from "node:timers/promises";
import { db } from "../../db";
import { done, refuse, type Outcome } from "../../outcome";
import { tellStep } from "../../services/operations/steps";
import type { Held } from "../held";

const LOOK_MS = 1000;

/**
 * Waits until none is on its way. A move begins only while its target is Active, so none comes after; without the wait, a move that was
 * agreed to a moment ago would begin after the node has said that nothing runs on it. One that nobody has in hand any more is seen on
 * the node itself: it arrives paused.
 */
export async function arrivalsOver(operation: Held, step: string): Promise<Outcome> {
  for (;;) {
    if (operation.signal.aborted) return refuse("connection-lost", "The operation was taken from this worker.");
    const rows = operation.nodeId ? await arriving(operation.nodeId) : [];
    if (!rows.length) return done(undefined);
    await tellStep(operation.id, step, `Waits for ${rows.map(({ name }) => name).join(", ")} on the way here`);
    await sleep(LOOK_MS);
  }
}

/** What other drains have in hand to this node. */
export const arriving = (nodeId: string): Promise<{ uuid: string; name: string; homeId: string }[]> =>
  db.$queryRaw`
    SELECT v.uuid, v.name, m.node_id AS "homeId" FROM maintenance_vm v JOIN maintenance m ON m.id = v.maintenance_id
    JOIN operation o ON o.node_id = m.node_id AND o.status = 'running' AND o.step = 'move'
    WHERE v.target_id = ${nodeId}::uuid AND v.state = 'moving' AND m.node_id <> ${nodeId}::uuid ORDER BY v.name`;
