import { db } from "../../db";
import type { EventFilter, Severity } from "../../domain/events";
import type { NodeStatus } from "../../domain/status";
import { DEADLINE, SYSTEM } from "../actor";

export type EventRow = {
  id: string;
  at: string;
  kind: string;
  severity: Severity;
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

const PAGE = 100;

/** Newest first. `before` is the id of the last event of the page before; `older` is what to pass for the next. */
export async function eventPage(filter: EventFilter, nodeId?: string): Promise<EventPage> {
  const found = await findEvents(filter, nodeId, PAGE + 1);
  const events = found.slice(0, PAGE);
  return { events, older: found.length > PAGE ? (events.at(-1)?.id ?? null) : null };
}

/** The newest `take` that match, newest first. */
export async function findEvents(
  { severity, kind, actor, before }: EventFilter,
  nodeId: string | undefined,
  take: number,
): Promise<EventRow[]> {
  const found = await db.event.findMany({
    where: {
      ...(nodeId ? { nodeId } : {}),
      ...(severity ? { severity } : {}),
      ...(kind ? { kind } : {}),
      ...(actor ? { actorName: actor } : {}),
      ...(before ? { id: { lt: BigInt(before) } } : {}),
    },
    orderBy: { id: "desc" },
    take,
  });
  return found.map((event): EventRow => ({
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
}

/** Who may be filtered by: on a node's page those who did something with it, otherwise everybody who can. */
export async function eventActors(nodeId?: string): Promise<string[]> {
  if (!nodeId) {
    const users = await db.user.findMany({ select: { name: true }, orderBy: { name: "asc" } });
    return [...new Set([...users.map(({ name }) => name), SYSTEM.name, DEADLINE.name])];
  }
  const found = await db.event.findMany({ where: { nodeId }, distinct: ["actorName"], select: { actorName: true } });
  return found.map(({ actorName }) => actorName).toSorted();
}

/** How many events a node has. */
export const countEvents = (nodeId: string): Promise<number> => db.event.count({ where: { nodeId } });
