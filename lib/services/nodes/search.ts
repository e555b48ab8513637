import { db } from "../../db";
import { nodeRows, type NodeRow } from "./read";

export const SEARCH_MAX = 20;

/**
 * Nodes whose name, IP, MAC address or tag has the text in it, at most SEARCH_MAX: the exact ones first, then those that begin
 * with it, then the rest; within each the name before the other facts, nodes that are Out last, and short names before long ones,
 * which puts node-2 before node-10.
 */
export async function searchNodes(typed: string): Promise<NodeRow[]> {
  const text = typed.trim().toLowerCase();
  if (!text) return [];
  // A MAC address is stored with colons, however it is written on the label of the server.
  const mac = text.replaceAll("-", ":");
  const found = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT id, name, status, strpos(lower(name), ${text}) AS in_name, lower(name) = ${text} AS is_name, facts.*
      FROM node, LATERAL (
        SELECT bool_or(fact IN (${text}, ${mac})) AS is_fact,
               min(nullif(least(nullif(strpos(fact, ${text}), 0), nullif(strpos(fact, ${mac}), 0)), 0)) AS in_fact
        FROM unnest(array[ip] || converged_macs || access_macs || tags) AS raw, lower(raw) AS fact
      ) AS facts
    ) AS searched
    WHERE in_name > 0 OR in_fact > 0
    ORDER BY CASE WHEN is_name THEN 0 WHEN is_fact THEN 1 WHEN in_name = 1 THEN 2 WHEN in_fact = 1 THEN 3 WHEN in_name > 0 THEN 4 ELSE 5 END,
             status = 'Out', length(name), name, id
    LIMIT ${SEARCH_MAX}`;
  const rows = await nodeRows(found.map(({ id }) => id));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return found.flatMap(({ id }) => byId.get(id) ?? []);
}
