import { exposition } from "../../domain/exposition";
import { db } from "../../db";
import { readRegion } from "../region";
import { readNewest } from "./read";

/** All nodes but those that are out, for a time-series engine. */
export async function exposedMetrics(): Promise<string> {
  const [nodes, newest, { now }] = await Promise.all([
    db.node.findMany({ where: { status: { not: "Out" } }, select: { id: true, name: true, status: true }, orderBy: { name: "asc" } }),
    readNewest(),
    readRegion(db),
  ]);
  return exposition(
    nodes.map((node) => ({ ...node, newest: newest.get(node.id) ?? null })),
    now,
  );
}
