import { muteAt, MuteTimes, openAt } from "../../domain/alarms/mute";
import type { NodeStatus } from "../../domain/status";
import type { Tx } from "../../db";
import { readIsolation } from "../fencing/isolation";
import { isolatedSentence } from "../../domain/fencing";
import type { Subject } from "./watched";

type Row = { name: string; scope: string; alarmId: string | null; nodeId: string | null; tag: string | null; times: unknown };
type Window = Omit<Row, "times"> & { times: MuteTimes };

/** Why nobody is told of a subject at this moment; null: they are told. A window that can not be read mutes nothing. */
export async function readMutes(tx: Tx, at: Date): Promise<(subject: Subject) => string | null> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT name, scope, alarm_id AS "alarmId", node_id AS "nodeId", lower(tag) AS tag, times FROM mute_window ORDER BY name`;
  const known = rows.flatMap((row): Window[] => {
    const times = MuteTimes.safeParse(row.times).data;
    return times ? [{ ...row, times }] : [];
  });
  const windows = openAt(known, at);
  const returning = await tx.$queryRaw<{ id: string; before: NodeStatus | null }[]>`
    SELECT n.id, (SELECT e.from_status::text FROM event e WHERE e.node_id = n.id AND e.to_status = n.status ORDER BY e.id DESC LIMIT 1) AS before
    FROM node n WHERE n.status IN ('Activating', 'Unfencing')`;
  const before = new Map(returning.map((row) => [row.id, row.before]));
  const isolation = await readIsolation();
  return ({ watcher, node }) => {
    // One message tells that the console is cut off; that every node is silent then is no news.
    if (isolation && node) return isolatedSentence(isolation);
    const mute = muteAt(at, {
      node: node && { status: node.status, before: before.get(node.id) ?? null },
      mutedUntil: watcher.mutedUntil,
      windows: windows.filter((window) => concerns(window, watcher.id, node)),
    });
    return mute.why;
  };
}

function concerns({ scope, alarmId, nodeId, tag }: Window, watcherId: string, node: Subject["node"]): boolean {
  if (scope === "all") return true;
  if (scope === "alarm") return alarmId === watcherId;
  if (scope === "node") return node !== null && nodeId === node.id;
  return node !== null && tag !== null && node.tags.some((own) => own.toLowerCase() === tag);
}
