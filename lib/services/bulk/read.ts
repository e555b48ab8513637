import type { ItemState } from "../../domain/bulk";
import { isOperationKind, stepLabel } from "../../domain/operations";
import { StoredRefusal } from "../../domain/requests";
import { db } from "../../db";

/** One node of the work on many. */
export type ItemView = {
  nodeId: string;
  nodeName: string;
  state: ItemState;
  refusal: StoredRefusal | null;
  /** What was started on it, and where that stands: "Install packages". */
  part: { id: string; step: string | null } | null;
};

/** The lines of an operation in their order; none of one that is about one machine. */
export async function itemViews(operationId: string): Promise<ItemView[]> {
  const [items, parts] = await Promise.all([
    db.operationItem.findMany({ where: { operationId }, orderBy: { position: "asc" } }),
    db.operation.findMany({ where: { parentId: operationId }, select: { id: true, nodeId: true, kind: true, step: true } }),
  ]);
  // Each node has one line in an operation, and so one part at most.
  const byNode = new Map(parts.map((part) => [part.nodeId, part]));
  return items.map(({ nodeId, nodeName, state, refusal }) => {
    const part = byNode.get(nodeId);
    const step = part?.step && isOperationKind(part.kind) ? stepLabel(part.kind, part.step) : null;
    return { nodeId, nodeName, state, refusal: StoredRefusal.safeParse(refusal).data ?? null, part: part ? { id: part.id, step } : null };
  });
}
