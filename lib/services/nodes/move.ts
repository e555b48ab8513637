import type { Prisma } from "../../generated/prisma/client";
import { deadlineFor, type Transition } from "../../domain/lifecycle";
import type { NodeStatus } from "../../domain/status";
import type { Tx } from "../../db";
import type { Actor } from "../actor";
import { record } from "../events/record";
import type { RegionRow } from "../region";

/** What a move needs to know of the node as it was read in the same transaction. */
export type MovingNode = { id: string; name: string; ip: string; status: NodeStatus; version: number };

export type Move = {
  transition: Transition;
  actor: Actor;
  message: string;
  severity?: "info" | "warning" | "error";
  /** Shown beside the new status, e.g. why it Failed. */
  reason?: string | null;
  /** The reason names a person, or a person typed it: not for a wall, where strangers read it. By default, what a user does is. */
  personal?: boolean;
  operationId?: string;
  details?: Prisma.InputJsonObject;
  /** Guests to move away, for the deadline of a drain. */
  vmCount?: number;
  /** More columns that change with the status. */
  set?: Prisma.NodeUpdateManyMutationInput;
};

/** Another transaction changed the node between the read and the write; with the region locked this is a bug or a manual change. */
export class NodeMoved extends Error {}

/**
 * Moves a node along one edge: status, version, time, deadline and event in the caller's transaction.
 * The update is a compare-and-set on the version; throws NodeMoved when it misses, which rolls the transaction back.
 */
export async function moveNode(tx: Tx, node: MovingNode, region: RegionRow, move: Move): Promise<void> {
  const to = move.transition.to;
  if (to === null || move.transition.from !== node.status) throw new NodeMoved(`${move.transition.id} does not start at ${node.status}.`);
  const deadlineMs = deadlineFor(to, region.settings, move.vmCount);
  const { count } = await tx.node.updateMany({
    where: { id: node.id, version: node.version },
    data: {
      ...move.set,
      status: to,
      statusSince: region.now,
      statusReason: move.reason ?? null,
      reasonIsPersonal: move.personal ?? move.actor.kind === "user",
      deadlineAt: deadlineMs === null ? null : new Date(region.now.getTime() + deadlineMs),
      version: node.version + 1,
    },
  });
  if (count !== 1) throw new NodeMoved(`${node.name} changed meanwhile.`);
  await record(tx, {
    kind: "node.status",
    severity: move.severity,
    message: move.message,
    actor: move.actor,
    node: { ...node, version: node.version + 1 },
    from: node.status,
    to,
    transition: move.transition.id,
    operationId: move.operationId,
    details: move.details,
  });
}
