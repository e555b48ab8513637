import { NODE_STATUSES, NODE_STATUS_IDS, type NodeStatus } from "../../domain/status";
import { db } from "../../db";

/** A node in maintenance or on its way there. `since` ISO 8601: when it was asked to leave. */
export type NodeInMaintenance = {
  nodeId: string;
  name: string;
  status: NodeStatus;
  since: string;
  /** "" when nobody gave one. */
  reason: string;
  /** null: nobody of this console, as in a region that was taken over. */
  actorName: string | null;
};

const OUT = NODE_STATUS_IDS.filter((id) => NODE_STATUSES[id].group === "maintenance");

/** Every node that is out, the longest first: none is to be forgotten. One that was asked back is at work and listed no more. */
export async function nodesInMaintenance(): Promise<NodeInMaintenance[]> {
  const rows = await db.$queryRaw<(Omit<NodeInMaintenance, "since"> & { since: Date })[]>`
    SELECT n.id AS "nodeId", n.name, n.status::text AS status, coalesce(m.started_at, n.status_since) AS since,
           coalesce(nullif(m.reason, ''), n.status_reason, '') AS reason, m.actor_name AS "actorName"
    FROM node n LEFT JOIN maintenance m ON m.node_id = n.id AND m.ended_at IS NULL
    WHERE n.status::text = ANY(${OUT})
    ORDER BY since, n.name`;
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}
