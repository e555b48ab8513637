/** What Regent tells people: each note stands by itself, for what it is about may be gone when it is read. Times are ISO 8601. */
import { z } from "zod";

const text = z.string().max(4000);
const at = z.iso.datetime();
const State = z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]);
const Severity = z.enum(["critical", "warning", "info"]);

/** Of an alarm: on which node (null: of the region) it is in which state, since when, and what was measured against what. */
const Standing = {
  alarmId: z.uuid(),
  alarm: text,
  severity: Severity,
  nodeId: z.uuid().nullable(),
  node: text.nullable(),
  metric: text,
  /** With its unit, as the console shows it; null: nothing was measured. */
  value: text.nullable(),
  /** "Greater than 80 %, 3 out of 5 datapoints of 1 minute". */
  threshold: text,
  reason: text,
};

export const Note = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("alarm"),
    ...Standing,
    description: text,
    seq: z.number().int(),
    was: State,
    becomes: State,
    /** It is over because nobody watches it any more, and not by what was measured. */
    ended: z.boolean().optional(),
    at,
  }),
  /** Somebody has seen an alarm and is on it; for pagers, which stop ringing. `seq` is the change that was seen. */
  z.object({
    kind: z.literal("acknowledged"),
    alarmId: z.uuid(),
    alarm: text,
    nodeId: z.uuid().nullable(),
    node: text.nullable(),
    seq: z.number().int(),
    by: text,
    said: text,
    at,
  }),
  /** What stands in alarm on a node that was muted and is not any more. */
  z.object({
    kind: z.literal("summary"),
    nodeId: z.uuid().nullable(),
    node: text.nullable(),
    mutedSince: at,
    why: text,
    transitions: z.number().int(),
    alarms: z.array(z.object({ ...Standing, since: at })),
    at,
  }),
  /** Nodes that are in maintenance for longer than somebody may still think of. */
  z.object({
    kind: z.literal("reminder"),
    nodes: z.array(z.object({ nodeId: z.uuid(), node: text, since: at, reason: text.nullable() })),
    at,
  }),
  /** The console lost sight of the region, or has it again: one for all nodes. */
  z.object({
    kind: z.literal("isolated"),
    silent: z.number().int(),
    total: z.number().int(),
    over: z.boolean(),
    at,
  }),
  /** Something an administrator did that all others should know of, such as a forced maintenance. */
  z.object({
    kind: z.literal("event"),
    nodeId: z.uuid().nullable(),
    node: text.nullable(),
    title: text,
    message: text,
    by: text,
    at,
  }),
  /** The sign of life of every day. */
  z.object({
    kind: z.literal("daily"),
    nodes: z.number().int(),
    active: z.number().int(),
    inAlarm: z.number().int(),
    insufficient: z.number().int(),
    muted: z.number().int(),
    /** Told and delivered in the last 24 hours, and how many wait. */
    delivered: z.number().int(),
    waiting: z.number().int(),
    at,
  }),
  z.object({ kind: z.literal("test"), by: text, alarm: text.nullable(), at }),
]);
export type Note = z.infer<typeof Note>;
export type AlarmNote = Extract<Note, { kind: "alarm" }>;
