/** What follows from a round: states, transitions, events, and what is to be told to whom. */
import { ALARM_STATES, type AlarmState } from "../../domain/alarms/choices";
import { watchedLabel } from "../../domain/alarms/metrics";
import { conditionWords, showValue } from "../../domain/alarms/reason";
import type { AlarmNote, Note } from "../../domain/notes";
import type { Tx } from "../../db";
import { SYSTEM } from "../actor";
import { recordMany } from "../events/record";
import { enqueue, type Told } from "../notify/enqueue";
import type { Subject } from "./watched";

/**
 * Of one subject. `mute`: why nobody is told; null: they are. `problem`: why it could not be evaluated. `ended`: it is not watched any
 * more, so that whoever was woken by it hears that it is over.
 */
export type Outcome = {
  subject: Subject;
  becomes: AlarmState;
  reason: string;
  value: number | null;
  problem: string | null;
  mute: string | null;
  ended: boolean;
};

/** Of a subject that nobody watches any more. */
export const endOf = (subject: Subject, reason: string): Outcome => ({
  subject,
  becomes: "INSUFFICIENT_DATA",
  reason,
  value: null,
  problem: null,
  mute: null,
  ended: true,
});

type Transition = Outcome & { seq: number };

/** Writes a part of what a round found. Returns how many states changed and how many messages there are. */
export async function tell(tx: Tx, outcomes: readonly Outcome[], at: Date): Promise<{ changed: number; told: number }> {
  const transitions = outcomes
    .filter(({ subject, becomes }) => becomes !== subject.state)
    .map((outcome): Transition => ({ ...outcome, seq: outcome.subject.seq + 1 }));
  await writeSubjects(tx, outcomes, at);
  await writeTransitions(tx, transitions, at);
  const notes = [
    ...transitions.flatMap((transition) => (transition.mute === null && !transition.ended ? transitionNotes(transition, at) : [])),
    ...outcomes.flatMap((outcome) => (outcome.ended ? endNotes(outcome, at) : [])),
    ...(await afterMute(tx, outcomes, at)),
  ];
  const told = await enqueue(tx, notes);
  await recordMany(tx, transitions.filter(isEvent).map(eventOf));
  return { changed: transitions.length, told };
}

/** That a new alarm found all in order is none, nor that what was in order is not watched any more: the history says it. */
const isEvent = ({ seq, becomes, ended, subject }: Transition): boolean =>
  ended ? subject.state === "ALARM" : seq > 1 || becomes !== "OK";

async function writeSubjects(tx: Tx, outcomes: readonly Outcome[], at: Date): Promise<void> {
  const rows = outcomes.map(({ subject, becomes, reason, value, problem, mute }) => ({
    id: subject.id,
    state: becomes,
    changes: becomes !== subject.state,
    reason,
    value,
    problem,
    muted: mute,
    told: mute === null ? becomes : subject.told,
  }));
  if (rows.length === 0) return;
  await tx.$executeRaw`
    UPDATE alarm_subject s SET
      state = r.state, reason = r.reason, value = r.value, problem = r.problem, told = r.told,
      since = CASE WHEN r.changes THEN ${at}::timestamptz ELSE s.since END,
      seq = s.seq + r.changes::int,
      muted = r.muted, muted_since = CASE WHEN r.muted IS NULL THEN NULL ELSE coalesce(s.muted_since, ${at}::timestamptz) END,
      acked_at = CASE WHEN r.changes THEN NULL ELSE s.acked_at END,
      acked_by = CASE WHEN r.changes THEN NULL ELSE s.acked_by END,
      ack_note = CASE WHEN r.changes THEN NULL ELSE s.ack_note END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, state text, changes boolean, reason text, value float8, problem text, muted text, told text)
    WHERE s.id = r.id`;
}

/**
 * The outcomes that one transaction writes, and whether some are left. Rows of which nothing changed are left alone: ten thousand rows a
 * minute that say what they said are work for nothing. Who waits for it (an edit, whoever writes to the log) waits for so many
 * changes at most. Those of one node stay together, for they are summed up together.
 */
export function partOf(outcomes: readonly Outcome[], most: number): { part: Outcome[]; more: boolean } {
  const news = outcomes.filter((outcome) => isChange(outcome) || isNewer(outcome));
  const changes = news.filter(isChange);
  if (changes.length <= most) return { part: news, more: false };
  const nodeOf = ({ subject }: Outcome): string => subject.node?.id ?? "";
  const inOrder = changes.toSorted((a, b) => (nodeOf(a) < nodeOf(b) ? -1 : nodeOf(a) > nodeOf(b) ? 1 : 0));
  const last = inOrder[most - 1];
  const end = inOrder.findLastIndex((outcome) => last !== undefined && nodeOf(outcome) === nodeOf(last)) + 1;
  const later = new Set(inOrder.slice(end));
  return { part: news.filter((outcome) => !later.has(outcome)), more: later.size > 0 };
}

const isChange = ({ subject, becomes, problem, mute }: Outcome): boolean =>
  becomes !== subject.state || problem !== subject.problem || mute !== subject.muted || (mute === null && subject.told !== becomes);

/** The newest value of what is OK is not kept up: the charts have it. */
const isNewer = ({ subject, becomes, reason, value }: Outcome): boolean =>
  becomes !== "OK" && (reason !== subject.reason || value !== subject.value);

async function writeTransitions(tx: Tx, transitions: readonly Transition[], at: Date): Promise<void> {
  if (transitions.length === 0) return;
  const rows = transitions.map(({ subject: { watcher, node, state }, seq, becomes, reason, value, mute }) => ({
    alarm_id: watcher.id,
    alarm_name: watcher.name,
    severity: watcher.severity,
    node_id: node?.id ?? null,
    node_name: node?.name ?? null,
    seq,
    was: state,
    becomes,
    reason,
    value,
    muted: mute,
  }));
  await tx.$executeRaw`
    INSERT INTO alarm_transition (id, at, alarm_id, alarm_name, severity, node_id, node_name, seq, was, becomes, reason, value, muted)
    SELECT gen_random_uuid(), ${at}::timestamptz, r.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r (alarm_id uuid, alarm_name text, severity text, node_id uuid, node_name text, seq integer, was text, becomes text, reason text, value float8, muted text)`;
}

/** What a message says of a subject. */
const standing = ({ subject: { watcher, node }, reason, value }: Outcome) => ({
  alarmId: watcher.id,
  alarm: watcher.name,
  severity: watcher.severity,
  nodeId: node?.id ?? null,
  node: node?.name ?? null,
  metric: watchedLabel(watcher.rule),
  value: value === null ? null : showValue(value, watcher.rule),
  threshold: conditionWords(watcher.rule),
  reason,
});

const noteOf = (outcome: Transition, was: AlarmState, at: Date): AlarmNote => ({
  kind: "alarm",
  ...standing(outcome),
  description: outcome.subject.watcher.description,
  seq: outcome.seq,
  was,
  becomes: outcome.becomes,
  at: at.toISOString(),
});

/** Also for those who hear of no missing data: nothing else will ever end it for them. */
function endNotes(outcome: Outcome, at: Date): Told[] {
  const { watcher, state, seq, told } = outcome.subject;
  if (!watcher.actionsEnabled || told !== "ALARM") return [];
  const note: AlarmNote = { ...noteOf({ ...outcome, seq: state === outcome.becomes ? seq : seq + 1 }, told, at), ended: true };
  const targets = new Set([...(watcher.targets.get("ALARM") ?? []), ...(watcher.targets.get("INSUFFICIENT_DATA") ?? [])]);
  return [...targets].map((targetId) => ({ targetId, note }));
}

function transitionNotes(transition: Transition, at: Date): Told[] {
  const { watcher, state } = transition.subject;
  if (!watcher.actionsEnabled) return [];
  return (watcher.targets.get(transition.becomes) ?? []).map((targetId) => ({ targetId, note: noteOf(transition, state, at) }));
}

/**
 * What was muted and is not any more: one summary for each node of what stands in alarm, to whom an alarm is told; and the end of what
 * was told before the muting began and is over since.
 */
async function afterMute(tx: Tx, outcomes: readonly Outcome[], at: Date): Promise<Told[]> {
  const back = outcomes.filter(
    ({ subject, becomes, mute, ended }) => subject.muted !== null && mute === null && becomes === subject.state && !ended,
  );
  const heard = back.filter(({ subject }) => subject.watcher.actionsEnabled);
  const over = heard.filter(({ subject, becomes }) => becomes !== "ALARM" && becomes !== subject.told);
  const ends = over.flatMap((outcome) => {
    const { watcher, seq, since, told } = outcome.subject;
    return (watcher.targets.get(outcome.becomes) ?? []).map((targetId) => ({ targetId, note: noteOf({ ...outcome, seq }, told, since) }));
  });
  const standingOnes = heard.filter(({ becomes }) => becomes === "ALARM");
  const groups = new Map<string, { targetId: string; of: Outcome[] }>();
  for (const outcome of standingOnes)
    for (const targetId of outcome.subject.watcher.targets.get("ALARM") ?? []) {
      const key = `${targetId} ${outcome.subject.node?.id ?? ""}`;
      const group = groups.get(key) ?? { targetId, of: [] };
      group.of.push(outcome);
      groups.set(key, group);
    }
  const counts = await countMuted(tx, standingOnes, at);
  const summaries = [...groups.values()].map(({ targetId, of }) => ({ targetId, note: summaryOf(of, counts, at) }));
  return [...ends, ...summaries];
}

/** How often each of them changed while nobody was told, by subject, in one statement: a window that ends may end it for a whole region. */
async function countMuted(tx: Tx, outcomes: readonly Outcome[], at: Date): Promise<Map<string, number>> {
  if (outcomes.length === 0) return new Map();
  const rows = outcomes.map(({ subject: { id, watcher, node, mutedSince } }) => ({
    id,
    alarm_id: watcher.id,
    node_id: node?.id ?? null,
    since: (mutedSince ?? at).toISOString(),
  }));
  const counts = await tx.$queryRaw<{ id: string; count: number }[]>`
    SELECT r.id, count(*)::int AS count
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, alarm_id uuid, node_id uuid, since timestamptz)
    JOIN alarm_transition t ON t.alarm_id = r.alarm_id AND t.node_id IS NOT DISTINCT FROM r.node_id AND t.at >= r.since AND t.muted IS NOT NULL
    GROUP BY r.id`;
  return new Map(counts.map(({ id, count }) => [id, count]));
}

function summaryOf(of: readonly Outcome[], counts: ReadonlyMap<string, number>, at: Date): Note {
  const [first] = of;
  const node = first?.subject.node ?? null;
  const since = of.reduce((least, { subject }) => (subject.mutedSince && subject.mutedSince < least ? subject.mutedSince : least), at);
  return {
    kind: "summary",
    nodeId: node?.id ?? null,
    node: node?.name ?? null,
    mutedSince: since.toISOString(),
    why: first?.subject.muted ?? "",
    transitions: of.reduce((sum, { subject }) => sum + (counts.get(subject.id) ?? 0), 0),
    alarms: of.map((outcome) => ({ ...standing(outcome), since: outcome.subject.since.toISOString() })),
    at: at.toISOString(),
  };
}

const eventOf = ({ subject: { watcher, node }, seq, becomes, reason, mute }: Transition) => {
  const where = node ? ` on ${node.name}` : "";
  const urgent =
    watcher.severity === "critical" ? ("error" as const) : watcher.severity === "warning" ? ("warning" as const) : ("info" as const);
  return {
    kind: "alarm.state",
    severity: becomes === "ALARM" ? urgent : ("info" as const),
    message: `“${watcher.name}”${where}: ${ALARM_STATES[becomes]}. ${reason}${mute ? ` Muted: ${mute}` : ""}`,
    actor: SYSTEM,
    ...(node ? { node } : {}),
    details: { alarmId: watcher.id, seq, becomes },
  };
};
