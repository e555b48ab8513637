import { RemoveRequest } from "../../domain/maintenance";
import { StoredRefusal } from "../../domain/requests";
import { db } from "../../db";

/** How the last try to remove a node, or the last look whether it could be, has ended. */
export type RemovalView = {
  operationId: string;
  running: boolean;
  checkOnly: boolean;
  refusal: StoredRefusal | null;
  /** ISO 8601. */
  endedAt: string | null;
};

/** Since it is in its status only: what was found before says nothing about the machine now. */
export async function lastRemoval(nodeId: string): Promise<RemovalView | null> {
  const node = await db.node.findUnique({ where: { id: nodeId }, select: { statusSince: true } });
  const found =
    node &&
    (await db.operation.findFirst({
      where: { nodeId, kind: "remove", createdAt: { gte: node.statusSince } },
      orderBy: { createdAt: "desc" },
    }));
  if (!found) return null;
  return {
    operationId: found.id,
    running: found.status === "pending" || found.status === "running",
    checkOnly: RemoveRequest.safeParse(found.request).data?.checkOnly ?? false,
    refusal: StoredRefusal.safeParse(found.refusal).data ?? null,
    endedAt: found.finishedAt?.toISOString() ?? null,
  };
}
