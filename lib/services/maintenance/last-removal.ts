import { RemoveRequest } from "../../domain/maintenance";
import { StoredRefusal } from "../../domain/requests";
import { db } from "../../db";

/** What is known of the tries to remove a node, and of the looks whether it could be. */
export type RemovalView = {
  /** One is under way; what stands in `found` is from before. */
  running: boolean;
  /** How the last one that has ended did so. */
  found: { checkOnly: boolean; refusal: StoredRefusal | null; /** ISO 8601. */ endedAt: string } | null;
};

/** Since it is in its status only: what was found before says nothing about the machine now. */
export async function lastRemoval(nodeId: string): Promise<RemovalView> {
  const node = await db.node.findUnique({ where: { id: nodeId }, select: { statusSince: true } });
  if (!node) return { running: false, found: null };
  const newest = await db.operation.findMany({
    where: { nodeId, kind: "remove", createdAt: { gte: node.statusSince } },
    orderBy: { createdAt: "desc" },
    take: 2, // A node has one operation at a time: the newest may run, the one before has ended.
  });
  const ended = newest.find(({ finishedAt }) => finishedAt !== null);
  return {
    running: newest.some(({ finishedAt }) => finishedAt === null),
    found: ended?.finishedAt
      ? {
          checkOnly: RemoveRequest.safeParse(ended.request).data?.checkOnly ?? false,
          refusal: StoredRefusal.safeParse(ended.refusal).data ?? null,
          endedAt: ended.finishedAt.toISOString(),
        }
      : null,
  };
}
