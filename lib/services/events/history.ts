import { z } from "zod";
import { db } from "../../db";
import type { NodeStatus } from "../../domain/status";
import { statusSpans, type StatusSpan } from "../../domain/timeline";

const DAY_MS = 24 * 60 * 60_000;

/** In which statuses the node was in the last 24 hours: the current one as its record says, those before it by the event log. */
export async function lastDay(node: { id: string; status: NodeStatus; statusSince: string }, now: Date): Promise<StatusSpan[]> {
  const since = new Date(now.getTime() - DAY_MS);
  const events = await db.event.findMany({
    where: { nodeId: node.id, at: { gt: since }, toStatus: { not: null } },
    select: { at: true, fromStatus: true, toStatus: true },
    orderBy: { id: "asc" },
  });
  const changes = events.flatMap(({ at, fromStatus, toStatus }) =>
    toStatus && toStatus !== fromStatus ? [{ at: at.getTime(), from: fromStatus, to: toStatus }] : [],
  );
  const statusSince = Date.parse(node.statusSince);
  const current = { at: statusSince, from: changes.at(-1)?.from ?? null, to: node.status };
  return statusSpans([...changes.filter(({ at }) => at < statusSince), current], node.status, { from: since.getTime(), to: now.getTime() });
}

export type InspectionChanges = { at: string; changes: string[] };

const Details = z.object({ changes: z.array(z.string()) });

/** What the newest inspection found changed since the one before it; null while the node was inspected only once. */
export async function lastInspection(nodeId: string): Promise<InspectionChanges | null> {
  const event = await db.event.findFirst({
    // An inspection that changes the status writes that event instead.
    where: { nodeId, OR: [{ kind: "node.inspected" }, { transition: { in: ["T05", "T06"] } }] },
    orderBy: { id: "desc" },
    select: { at: true, details: true },
  });
  const details = Details.safeParse(event?.details).data;
  return event && details ? { at: event.at.toISOString(), changes: details.changes } : null;
}
