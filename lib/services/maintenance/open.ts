import type { Maintenance } from "../../generated/prisma/client";
import type { Tx } from "../../db";
import type { NodeStatus } from "../../domain/status";
import type { OUTCOMES } from "../../domain/maintenance";

/** The stay that a node is in, from the request until it has left; null when it is in none. */
export const openMaintenance = (tx: Tx, nodeId: string): Promise<Maintenance | null> =>
  tx.maintenance.findFirst({ where: { nodeId, endedAt: null } });

/** Where a node came from when it went into maintenance. A node without a record was in service. */
export const cameFromOf = (maintenance: Pick<Maintenance, "cameFrom"> | null): NodeStatus => maintenance?.cameFrom ?? "Active";

/** Ends the stay of a node, if it is in one. What was waiting is not waited for any more. */
export async function endMaintenance(tx: Tx, nodeId: string, outcome: keyof typeof OUTCOMES, now: Date): Promise<void> {
  await tx.maintenance.updateMany({ where: { nodeId, endedAt: null }, data: { endedAt: now, outcome } });
}
