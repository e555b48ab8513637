import { muteAt, MuteTimes, weeklyWords } from "../../domain/alarms/mute";
import { db } from "../../db";
import { readRegion } from "../region";
import type { MuteScope } from "./windows";

export type MuteWindowView = {
  id: string;
  name: string;
  scope: MuteScope;
  /** Of the alarm or the node that it is about. */
  scopeName: string | null;
  /** ISO 8601, or "Monday from 02:00 for 2 h (UTC)"; null: written by a later version, and mutes nothing. */
  times: { kind: "once"; from: string; to: string } | { kind: "weekly"; words: string } | null;
  state: "now" | "over" | "waits";
  by: string;
};

type Row = { id: string; name: string; scope: string; alarmId: string | null; nodeId: string | null; tag: string | null; times: unknown; by: string; alarm: string | null; node: string | null }; // prettier-ignore

/** All mute windows, or those that may mute something of an alarm. */
export async function muteWindows(concerning?: string): Promise<MuteWindowView[]> {
  const alarmId = concerning ?? null;
  const rows = await db.$queryRaw<Row[]>`
    SELECT w.id, w.name, w.scope, w.alarm_id AS "alarmId", w.node_id AS "nodeId", w.tag, w.times, w.actor_name AS by, a.name AS alarm, n.name AS node
    FROM mute_window w LEFT JOIN alarm a ON a.id = w.alarm_id LEFT JOIN node n ON n.id = w.node_id
    WHERE ${alarmId}::uuid IS NULL OR w.scope = 'all' OR w.alarm_id = ${alarmId}::uuid OR EXISTS (
      SELECT 1 FROM alarm_subject s JOIN node own ON own.id = s.node_id
      WHERE s.alarm_id = ${alarmId}::uuid AND (own.id = w.node_id OR lower(w.tag) IN (SELECT lower(t) FROM unnest(own.tags) AS t)))
    ORDER BY w.name, w.id`;
  const { now } = await readRegion(db);
  return rows.map((row) => {
    const times = MuteTimes.safeParse(row.times).data ?? null;
    return {
      id: row.id,
      name: row.name,
      scope: scopeOf(row),
      scopeName: row.alarm ?? row.node,
      times: times?.kind === "weekly" ? { kind: "weekly", words: weeklyWords(times) } : times,
      state: times ? stateOf(row.name, times, now) : "over",
      by: row.by,
    };
  });
}

function scopeOf({ scope, alarmId, nodeId, tag }: Row): MuteScope {
  if (scope === "alarm" && alarmId) return { kind: "alarm", alarmId };
  if (scope === "node" && nodeId) return { kind: "node", nodeId };
  return scope === "tag" && tag ? { kind: "tag", tag } : { kind: "all" };
}

function stateOf(name: string, times: MuteTimes, now: Date): MuteWindowView["state"] {
  if (muteAt(now, { node: null, mutedUntil: null, windows: [{ name, times }] }).muted) return "now";
  const over =
    times.kind === "once"
      ? Date.parse(times.to) <= now.getTime()
      : times.lastDay !== null && Date.parse(times.lastDay) < now.getTime() - 8 * DAY_MS;
  return over ? "over" : "waits";
}

/** The last window may last a week longer than its last day. */
const DAY_MS = 86_400_000;
