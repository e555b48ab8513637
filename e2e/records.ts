/** What the database has recorded. */
import type { Region } from "./region";

/** How often each transition of a node was told, by its id. */
export async function transitionsOf(region: Region, nodeId: string): Promise<Record<string, number>> {
  const rows = await region.sql<{ transition: string; count: number }>(
    "SELECT transition, count(*)::int FROM event WHERE node_id = $1 AND transition IS NOT NULL GROUP BY transition",
    [nodeId],
  );
  return Object.fromEntries(rows.map(({ transition, count }) => [transition, count]));
}

export type NodeRecord = { id: string; name: string; status: string; version: number; ip: string };

export async function nodeNamed(region: Region, name: string): Promise<NodeRecord> {
  const [node] = await region.sql<NodeRecord>("SELECT id, name, status::text, version, ip FROM node WHERE name = $1", [name]);
  if (!node) throw new Error(`There is no node ${name}.`);
  return node;
}
