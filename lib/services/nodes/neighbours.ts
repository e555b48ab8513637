import { db } from "../../db";
import { compareNames } from "../../domain/units";

export type Neighbour = { id: string; name: string };
export type Neighbours = { previous: Neighbour | null; next: Neighbour | null };

/**
 * The nodes beside one in a list that the browser has seen: of each side's ids, nearest first, the first that still exists. Without
 * such a list, those beside it in the order of names, removed nodes left out.
 */
export async function neighbours(id: string, seen: { before: string[]; after: string[] } | null): Promise<Neighbours> {
  if (!seen) return besideByName(id);
  const found = await db.node.findMany({ where: { id: { in: [...seen.before, ...seen.after] } }, select: { id: true, name: true } });
  const nearest = (ids: string[]): Neighbour | null => ids.flatMap((wanted) => found.find((node) => node.id === wanted) ?? [])[0] ?? null;
  return { previous: nearest(seen.before), next: nearest(seen.after) };
}

/** One pass instead of a sort: a region may have ten thousand names. */
async function besideByName(id: string): Promise<Neighbours> {
  const nodes = await db.node.findMany({ where: { OR: [{ id }, { status: { not: "Out" } }] }, select: { id: true, name: true } });
  const here = nodes.find((node) => node.id === id);
  const beside: Neighbours = { previous: null, next: null };
  if (!here) return beside;
  for (const node of nodes) {
    const order = compareNames(node.name, here.name);
    if (order < 0 && (!beside.previous || compareNames(node.name, beside.previous.name) > 0)) beside.previous = node;
    if (order > 0 && (!beside.next || compareNames(node.name, beside.next.name) < 0)) beside.next = node;
  }
  return beside;
}
