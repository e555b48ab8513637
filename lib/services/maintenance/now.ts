import { NODE_STATUSES, NODE_STATUS_IDS, type NodeStatus } from "../../domain/status";
import { db } from "../../db";

/** `since` ISO 8601: when it was asked to leave. */
export type NodeInMaintenance = {
  nodeId: string;
  name: string;
  status: NodeStatus;
  since: string;
  /** As beside its status everywhere: also why a drain stopped. */
  statusReason: string | null;
  /** Why it was asked to leave; "" when nobody said. */
  reason: string;
  /** null: nobody of this console, as in a region that was taken over. */
  actorName: string | null;
};

const IN_MAINTENANCE = NODE_STATUS_IDS.filter((id) => NODE_STATUSES[id].group === "maintenance");

/** Every node in maintenance or on its way there, the longest first: none is to be forgotten. One that has left In maintenance is not. */
export async function nodesInMaintenance(): Promise<NodeInMaintenance[]> {
  const rows = await db.$queryRaw<(Omit<NodeInMaintenance, "since"> & { since: Date })[]>`
    SELECT n.id AS "nodeId", n.name, n.status::text AS status, coalesce(m.started_at, n.status_since) AS since,
           n.status_reason AS "statusReason", coalesce(m.reason, '') AS reason, m.actor_name AS "actorName"
    FROM node n LEFT JOIN maintenance m ON m.node_id = n.id AND m.ended_at IS NULL
    WHERE n.status = ANY(${IN_MAINTENANCE}::node_status[])
    ORDER BY since, n.name`;
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}
