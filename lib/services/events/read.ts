import { db } from "../../db";
import type { NodeStatus } from "../../domain/status";

export type EventRow = {
  id: string;
  at: string;
  kind: string;
  severity: "info" | "warning" | "error";
  message: string;
  nodeId: string | null;
  nodeName: string | null;
  from: NodeStatus | null;
  to: NodeStatus | null;
  transition: string | null;
  actorName: string;
  actorKind: string;
  operationId: string | null;
  details: unknown;
};

export type EventPage = { events: EventRow[]; older: string | null };

/** Newest first. `before` is the id of the last event of the page before; `older` is what to pass for the next. */
export async function eventPage(filter: { nodeId?: string; before?: bigint; limit?: number }): Promise<EventPage> {
  const limit = filter.limit ?? 100;
  const found = await db.event.findMany({
    where: { ...(filter.nodeId ? { nodeId: filter.nodeId } : {}), ...(filter.before ? { id: { lt: filter.before } } : {}) },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const events = found.slice(0, limit).map((event): EventRow => ({
    id: event.id.toString(),
    at: event.at.toISOString(),
    kind: event.kind,
    severity: event.severity as EventRow["severity"], // record() writes no other
    message: event.message,
    nodeId: event.nodeId,
    nodeName: event.nodeName,
    from: event.fromStatus,
    to: event.toStatus,
    transition: event.transition,
    actorName: event.actorName,
    actorKind: event.actorKind,
    operationId: event.operationId,
    details: event.details,
  }));
  return { events, older: found.length > limit ? (events.at(-1)?.id ?? null) : null };
}

/** How many events a node has. */
export const countEvents = (nodeId: string): Promise<number> => db.event.count({ where: { nodeId } });
