import { db } from "../../db";
import type { Operation } from "../../generated/prisma/client";

/** Takes an operation up under a new attempt, which shuts out whoever had it before. Null when it has ended. */
export async function claimOperation(operationId: string, workerId: string): Promise<Operation | null> {
  const claimed = await db.operation.updateManyAndReturn({
    where: { id: operationId, status: { in: ["pending", "running"] } },
    data: { status: "running", attempt: { increment: 1 }, workerId },
  });
  const operation = claimed[0];
  if (!operation) return null;
  // Deadlines are for the work: waiting for a worker has the same time once more, for the operation and for its node on the way.
  await db.$executeRaw`
    WITH first AS (
      UPDATE operation SET started_at = now(), deadline_at = now() + (deadline_at - created_at)
      WHERE id = ${operationId}::uuid AND started_at IS NULL RETURNING node_id, kind, deadline_at)
    UPDATE node n SET deadline_at = CASE WHEN first.kind = 'maintenance' THEN first.deadline_at ELSE now() + (n.deadline_at - n.status_since) END
    FROM first WHERE n.id = first.node_id AND n.deadline_at IS NOT NULL
      AND ((first.kind IN ('join', 'accept') AND n.status = 'Approved') OR (first.kind = 'maintenance' AND n.status = 'EnteringMaintenance'))`;
  return operation;
}
