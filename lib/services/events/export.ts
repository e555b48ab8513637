/** The log as a file, for those who keep it elsewhere or must show it. */
import { db } from "../../db";
import { csvLines, csvName, toCsv, type Cell } from "../../domain/csv";
import { kindLabel, type EventFilter } from "../../domain/events";
import { NODE_STATUSES } from "../../domain/status";
import { done, refuse, type Outcome } from "../../outcome";
import { takeToken } from "../access/rate";
import { readRegion } from "../region";
import { findEvents, type EventRow } from "./read";

const AT_ONCE = 1000;
const EXPORTS_PER_MINUTE = 6;

/** How each column of the file is called, and what stands in it. */
const COLUMNS: Record<string, (event: EventRow) => Cell> = {
  Id: ({ id }) => id,
  "Time [UTC]": ({ at }) => at,
  Severity: ({ severity }) => severity,
  Kind: ({ kind }) => kindLabel(kind),
  Event: ({ message }) => message,
  Node: ({ nodeName }) => nodeName,
  "Node id": ({ nodeId }) => nodeId,
  From: ({ from }) => from && NODE_STATUSES[from].label,
  To: ({ to }) => to && NODE_STATUSES[to].label,
  Transition: ({ transition }) => transition,
  By: ({ actorName }) => actorName,
  Source: ({ actorKind }) => actorKind,
  Operation: ({ operationId }) => operationId,
  Details: ({ details }) => (details === null ? null : JSON.stringify(details)),
};

export type EventsFile = { name: string; pieces: AsyncGenerator<string, void> };

/** The file for one person: each reads the whole log, and must not be asked for without end. */
export async function exportEvents(filter: EventFilter, nodeId: string | undefined, userId: string): Promise<Outcome<EventsFile>> {
  if (!(await takeToken(`events-csv:${userId}`, EXPORTS_PER_MINUTE, 60)))
    return refuse("too-many", "You saved the log several times in the last minute.", { hint: "Try again in a minute." });
  const { name } = await readRegion(db);
  return done({ name: csvName("events", name, new Date()), pieces: eventsCsv(filter, nodeId) });
}

/** Every event that matches, newest first, in pieces: the log grows for ever, and no piece of it more than this in memory. */
export async function* eventsCsv(filter: EventFilter, nodeId?: string): AsyncGenerator<string, void> {
  yield toCsv([Object.keys(COLUMNS)]);
  const cells = Object.values(COLUMNS);
  let { before } = filter;
  for (;;) {
    const events = await findEvents({ ...filter, before }, nodeId, AT_ONCE);
    if (events.length > 0) yield csvLines(events.map((event) => cells.map((cell) => cell(event))));
    if (events.length < AT_ONCE) return;
    before = events.at(-1)?.id;
  }
}
