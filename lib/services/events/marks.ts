/** What happened to a node over a span of time, for those who draw it. Times are seconds since 1970. */
import { db } from "../../db";
import type { Severity } from "../../domain/events";
import type { HistoryAnswer } from "../../domain/history-request";
import { statusSpans } from "../../domain/timeline";

/** As many of each as can be told apart on a chart: an alarm that flaps leaves the changes of status in sight. */
const MOST = 100;
/** What explains a value (an operation that failed is told by the status it left), and what was made of it. */
const KINDS = [["node.status", "node.restarted", "node.added"], ["alarm.state"]];
const MS = 1000;

const date = (seconds: number): Date => new Date(seconds * MS);
const secondsOf = (moment: Date): number => Math.floor(moment.getTime() / MS);

export type Happened = Pick<HistoryAnswer, "marks" | "marksInAll" | "statuses" | "joined">;

/** The events of a span, the statuses it went through, and when the node joined; null when there is no such node. */
export async function happened(nodeId: string, from: number, to: number): Promise<Happened | null> {
  const within = { nodeId, at: { gte: date(from), lt: date(to) } };
  const newest = (kinds: string[]) =>
    db.event.findMany({
      where: { ...within, kind: { in: kinds } },
      select: { id: true, at: true, kind: true, severity: true, message: true },
      orderBy: { id: "desc" },
      take: MOST,
    });
  const [node, events, marksInAll, changes, next] = await Promise.all([
    db.node.findUnique({ where: { id: nodeId }, select: { status: true, joinedAt: true } }),
    Promise.all(KINDS.map(newest)),
    db.event.count({ where: { ...within, kind: { in: KINDS.flat() } } }),
    db.event.findMany({
      where: { ...within, toStatus: { not: null } },
      select: { at: true, fromStatus: true, toStatus: true },
      orderBy: { id: "desc" },
      take: MOST,
    }),
    // What the node was at the end of the span, the change after it says; without one it is so still.
    db.event.findFirst({
      where: { nodeId, at: { gte: date(to) }, toStatus: { not: null } },
      select: { fromStatus: true },
      orderBy: { id: "asc" },
    }),
  ]);
  if (!node) return null;
  return {
    marks: events
      .flat()
      .toSorted((a, b) => Number(a.id - b.id))
      .map(({ id, at, severity, ...event }) => ({ ...event, id: id.toString(), at: secondsOf(at), severity: severity as Severity })), // record() writes no other
    marksInAll,
    statuses: statusSpans(
      changes.flatMap(({ at, fromStatus, toStatus }) =>
        toStatus && toStatus !== fromStatus ? [{ at: at.getTime() / MS, from: fromStatus, to: toStatus }] : [],
      ),
      next?.fromStatus ?? node.status,
      { from, to },
    ),
    joined: node.joinedAt && secondsOf(node.joinedAt),
  };
}
