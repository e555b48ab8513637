/** What a round evaluates: each alarm with its rule, and each of its subjects. */
import type { AlarmSeverity, AlarmState } from "../../domain/alarms/choices";
import { rhythmOf, type Rhythm } from "../../domain/alarms/schedule";
import { AlarmRule } from "../../domain/alarms/config";
import { Prisma } from "../../generated/prisma/client";
import type { NodeStatus } from "../../domain/status";
import type { Tx } from "../../db";

export type Watcher = {
  id: string;
  name: string;
  description: string;
  severity: AlarmSeverity;
  rule: AlarmRule;
  actionsEnabled: boolean;
  mutedUntil: Date | null;
  mutedBy: string | null;
  /** By state, whom it is told. */
  targets: ReadonlyMap<AlarmState, readonly string[]>;
};

export type SubjectNode = { id: string; name: string; ip: string; version: number; status: NodeStatus; tags: readonly string[] };

export type Subject = {
  id: string;
  watcher: Watcher;
  /** null: the region. */
  node: SubjectNode | null;
  state: AlarmState;
  since: Date;
  seq: number;
  reason: string;
  value: number | null;
  told: AlarmState;
  problem: string | null;
  muted: string | null;
  mutedSince: Date | null;
};

type AlarmRow = Omit<Watcher, "rule" | "targets"> & { rule: unknown; actions: { state: AlarmState; target: string }[] | null };
type Row = Omit<Subject, "watcher" | "node"> & { alarmId: string; nodeId: string | null };

const UNREADABLE = "Its rule was written by a later version of Regent.";

/**
 * Of the rounds of one rhythm, and those of `also`, by their ids, whatever their rhythm. A rule that can not be read is said at its
 * subjects, which keep their state.
 */
export async function readWatched(tx: Tx, rhythm: Rhythm, also: readonly string[] = []): Promise<Subject[]> {
  const watchers = await readWatchers(tx);
  const ids = [...watchers.values()].filter(({ rule }) => rhythmOf(rule.periodSeconds) === rhythm).map(({ id }) => id);
  return readSubjects(tx, watchers, Prisma.sql`alarm_id = ANY(${ids}::uuid[]) OR id = ANY(${[...also]}::uuid[])`);
}

/** All that one alarm watches; none of one whose rule can not be read. */
export const readWatchedBy = async (tx: Tx, alarmId: string): Promise<Subject[]> =>
  readSubjects(tx, await readWatchers(tx, alarmId), Prisma.sql`alarm_id = ${alarmId}::uuid`);

async function readWatchers(tx: Tx, alarmId: string | null = null): Promise<Map<string, Watcher>> {
  const alarms = await tx.$queryRaw<AlarmRow[]>`
    SELECT a.id, a.name, a.description, a.severity, a.rule, a.actions_enabled AS "actionsEnabled", a.muted_until AS "mutedUntil", a.muted_by AS "mutedBy",
      (SELECT jsonb_agg(jsonb_build_object('state', t.state, 'target', t.target_id)) FROM alarm_action t WHERE t.alarm_id = a.id) AS actions
    FROM alarm a WHERE ${alarmId}::uuid IS NULL OR a.id = ${alarmId}::uuid`;
  const watchers = new Map<string, Watcher>();
  const unreadable: string[] = [];
  for (const { rule: kept, actions, ...alarm } of alarms) {
    const rule = AlarmRule.safeParse(kept).data;
    if (rule) watchers.set(alarm.id, { ...alarm, rule, targets: targetsOf(actions ?? []) });
    else unreadable.push(alarm.id);
  }
  if (unreadable.length)
    await tx.$executeRaw`
      UPDATE alarm_subject SET problem = ${UNREADABLE} WHERE alarm_id = ANY(${unreadable}::uuid[]) AND problem IS DISTINCT FROM ${UNREADABLE}`;
  return watchers;
}

async function readSubjects(tx: Tx, watchers: ReadonlyMap<string, Watcher>, which: Prisma.Sql): Promise<Subject[]> {
  if (watchers.size === 0) return [];
  const [rows, nodes] = [
    await tx.$queryRaw<Row[]>`
      SELECT id, alarm_id AS "alarmId", node_id AS "nodeId", state, since, seq, reason, value, told, problem, muted, muted_since AS "mutedSince"
      FROM alarm_subject WHERE ${which}`,
    await tx.$queryRaw<SubjectNode[]>`
      SELECT id, name, ip, version, status::text AS status, tags FROM node WHERE id IN (SELECT node_id FROM alarm_subject WHERE ${which})`,
  ];
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return rows.flatMap(({ alarmId, nodeId, ...row }) => {
    const watcher = watchers.get(alarmId);
    const node = nodeId === null ? null : byId.get(nodeId);
    return watcher && node !== undefined ? [{ ...row, watcher, node }] : [];
  });
}

function targetsOf(actions: readonly { state: AlarmState; target: string }[]): Watcher["targets"] {
  const targets = new Map<AlarmState, string[]>();
  for (const { state, target } of actions) targets.set(state, [...(targets.get(state) ?? []), target]);
  return targets;
}
