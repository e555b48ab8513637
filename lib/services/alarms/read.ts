/** Alarms as pages show them. Plain data; times are ISO 8601. */
import type { AlarmSeverity, AlarmState } from "../../domain/alarms/choices";
import { AlarmRule, type AlarmForm, type AlarmScope } from "../../domain/alarms/config";
import { ruleWords, showValue } from "../../domain/alarms/reason";
import { db } from "../../db";
import type { Alarm, AlarmAction, AlarmSubject, Node } from "../../generated/prisma/client";
import { lastNotices, type LastNotice } from "./notices";

export type SubjectView = {
  id: string;
  alarmId: string;
  nodeId: string | null;
  /** null: the region itself. */
  node: string | null;
  state: AlarmState;
  since: string;
  reason: string;
  /** The newest datapoint with its unit; null: there was none. */
  value: string | null;
  seq: number;
  /** Why it could not be evaluated. */
  problem: string | null;
  muted: { why: string; since: string } | null;
  acked: { by: string; at: string; note: string | null } | null;
  /** What became of the last message about it. */
  notice: LastNotice | null;
};

export type Counts = Record<AlarmState, number> & { muted: number };

export type AlarmView = {
  id: string;
  name: string;
  description: string;
  severity: AlarmSeverity;
  scope: AlarmScope;
  /** The node's name, for an alarm of one. */
  scopeNode: string | null;
  /** null: it was written by a later version, and is not evaluated. */
  rule: AlarmRule | null;
  /** "Used CPU, average > 80 %". */
  words: string;
  actionsEnabled: boolean;
  actions: AlarmForm["actions"];
  mute: { until: string; by: string; note: string | null } | null;
  version: number;
  madeBy: string;
  createdAt: string;
  updatedAt: string;
  counts: Counts;
};

type Row = Alarm & { node: Pick<Node, "name"> | null; actions: AlarmAction[] };

const UNREADABLE = "Written by a later version of Regent; it is not evaluated.";

function scopeOf({ scope, nodeId, tag }: Alarm): AlarmScope {
  if (scope === "node" && nodeId) return { kind: "node", nodeId };
  if (scope === "tag" && tag) return { kind: "tag", tag };
  return { kind: scope === "region" ? "region" : "all" };
}

function viewOf(row: Row, counts: Counts | undefined, now: Date): AlarmView {
  const rule = AlarmRule.safeParse(row.rule).data ?? null;
  const targets = (state: AlarmState) => row.actions.filter((action) => action.state === state).map(({ targetId }) => targetId);
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    severity: row.severity as AlarmSeverity, // PostgreSQL checks it
    scope: scopeOf(row),
    scopeNode: row.node?.name ?? null,
    rule,
    words: rule ? ruleWords(rule) : UNREADABLE,
    actionsEnabled: row.actionsEnabled,
    actions: { OK: targets("OK"), ALARM: targets("ALARM"), INSUFFICIENT_DATA: targets("INSUFFICIENT_DATA") },
    mute:
      row.mutedUntil && row.mutedUntil > now ? { until: row.mutedUntil.toISOString(), by: row.mutedBy ?? "", note: row.muteNote } : null,
    version: row.version,
    madeBy: row.actorName,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    counts: counts ?? { OK: 0, ALARM: 0, INSUFFICIENT_DATA: 0, muted: 0 },
  };
}

const WITH = { node: { select: { name: true } }, actions: true } as const;

async function countsOf(alarmIds?: readonly string[]): Promise<Map<string, Counts>> {
  const groups = await db.$queryRaw<{ alarmId: string; state: AlarmState; muted: boolean; count: number }[]>`
    SELECT alarm_id AS "alarmId", state, muted IS NOT NULL AS muted, count(*)::int AS count FROM alarm_subject
    WHERE ${alarmIds ?? null}::uuid[] IS NULL OR alarm_id = ANY(${alarmIds ?? null}::uuid[]) GROUP BY 1, 2, 3`;
  const counts = new Map<string, Counts>();
  for (const { alarmId, state, muted, count } of groups) {
    const of = counts.get(alarmId) ?? { OK: 0, ALARM: 0, INSUFFICIENT_DATA: 0, muted: 0 };
    of[state] += count;
    if (muted) of.muted += count;
    counts.set(alarmId, of);
  }
  return counts;
}

type SubjectRow = AlarmSubject & { node: Pick<Node, "name"> | null; alarm: Pick<Alarm, "rule"> };

async function subjectViews(rows: readonly SubjectRow[]): Promise<SubjectView[]> {
  const notices = await lastNotices(rows);
  return rows.map((row) => {
    const rule = AlarmRule.safeParse(row.alarm.rule).data;
    return {
      id: row.id,
      alarmId: row.alarmId,
      nodeId: row.nodeId,
      node: row.node?.name ?? null,
      state: row.state as AlarmState, // PostgreSQL checks it
      since: row.since.toISOString(),
      reason: row.reason,
      value: row.value !== null && rule ? showValue(row.value, rule) : null,
      seq: row.seq,
      problem: row.problem,
      muted: row.muted && row.mutedSince ? { why: row.muted, since: row.mutedSince.toISOString() } : null,
      acked: row.ackedAt && row.ackedBy ? { by: row.ackedBy, at: row.ackedAt.toISOString(), note: row.ackNote } : null,
      notice: notices.get(row.id) ?? null,
    };
  });
}

const SUBJECT_WITH = { node: { select: { name: true } }, alarm: { select: { rule: true } } } as const;

/** So many are shown of what is not OK; more of them nobody reads, and the counts tell all. */
export const SUBJECTS_MAX = 500;

/** All alarms, and of their subjects those that are not OK, the newest change first. */
export async function alarmList(): Promise<{ alarms: AlarmView[]; subjects: SubjectView[] }> {
  const [rows, counts, subjects, [clock]] = await Promise.all([
    db.alarm.findMany({ include: WITH, orderBy: { name: "asc" } }),
    countsOf(),
    db.alarmSubject.findMany({
      where: { state: { not: "OK" } },
      include: SUBJECT_WITH,
      orderBy: [{ state: "asc" }, { since: "desc" }, { id: "asc" }],
      take: SUBJECTS_MAX,
    }),
    db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`,
  ]);
  const now = clock?.now ?? new Date();
  return { alarms: rows.map((row) => viewOf(row, counts.get(row.id), now)), subjects: await subjectViews(subjects) };
}

/** One alarm with all that it watches, what is not OK first; null when there is none. */
export async function alarmDetail(id: string): Promise<{ alarm: AlarmView; subjects: SubjectView[] } | null> {
  const [row, counts, subjects, [clock]] = await Promise.all([
    db.alarm.findUnique({ where: { id }, include: WITH }),
    countsOf([id]),
    db.alarmSubject.findMany({
      where: { alarmId: id },
      include: SUBJECT_WITH,
      orderBy: [{ state: "asc" }, { since: "desc" }],
      take: SUBJECTS_MAX,
    }),
    db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`,
  ]);
  return row && { alarm: viewOf(row, counts.get(id), clock?.now ?? new Date()), subjects: await subjectViews(subjects) };
}

/** What watches a node, in alarm first. */
export async function alarmsOfNode(nodeId: string): Promise<{ alarms: AlarmView[]; subjects: SubjectView[] }> {
  const subjects = await db.alarmSubject.findMany({
    where: { nodeId },
    include: SUBJECT_WITH,
    orderBy: [{ state: "asc" }, { since: "desc" }],
  });
  const ids = subjects.map(({ alarmId }) => alarmId);
  const rows = await db.alarm.findMany({ where: { id: { in: ids } }, include: WITH });
  return { alarms: rows.map((row) => viewOf(row, undefined, new Date())), subjects: await subjectViews(subjects) };
}

export type TransitionView = {
  id: string;
  alarmId: string;
  alarm: string;
  nodeId: string | null;
  node: string | null;
  seq: number;
  was: AlarmState;
  becomes: AlarmState;
  at: string;
  reason: string;
  muted: string | null;
};

const HISTORY_PAGE = 100;

/** What an alarm did, the newest first; after the transition that a page ended with. One round may write hundreds at the same moment. */
export async function alarmHistory(alarmId: string, afterId?: string): Promise<TransitionView[]> {
  const rows = await db.alarmTransition.findMany({
    where: { alarmId },
    orderBy: [{ at: "desc" }, { seq: "desc" }, { id: "asc" }],
    take: HISTORY_PAGE,
    ...(afterId ? { cursor: { id: afterId }, skip: 1 } : {}),
  });
  return rows.map(({ alarmName, nodeName, severity: _severity, value: _value, at, was, becomes, ...row }) => ({
    ...row,
    alarm: alarmName,
    node: nodeName,
    was: was as AlarmState, // PostgreSQL checks both
    becomes: becomes as AlarmState,
    at: at.toISOString(),
  }));
}
