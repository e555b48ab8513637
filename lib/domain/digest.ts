/** The lines of one delivery: what is most urgent first, and an alarm on a node once, however often it changed. */
import type { AlarmNote, Note } from "./notes";
import { compareNames } from "./units";

/** `was` are the changes that the line stands for, in order; `note` is the last of them. */
export type Line = { kind: "alarm"; note: AlarmNote; was: readonly AlarmNote[] } | Exclude<Note, { kind: "alarm" }>;
export type AlarmLine = Extract<Line, { kind: "alarm" }>;

/** Of one alarm on one node. */
export const aboutOf = ({ alarmId, nodeId }: { alarmId: string; nodeId: string | null }): string => `${alarmId}/${nodeId ?? "region"}`;

const STATES = { ALARM: 0, INSUFFICIENT_DATA: 1, OK: 2 } as const;
const SEVERITIES = { critical: 0, warning: 1, info: 2 } as const;
const KINDS = { isolated: 0, alarm: 1, acknowledged: 2, summary: 3, event: 4, reminder: 5, daily: 6, test: 7 } as const;

/** In the order in which they are read. Every note is in exactly one line. */
export function linesOf(notes: readonly Note[]): Line[] {
  const changes = new Map<string, AlarmNote[]>();
  const lines: Line[] = [];
  for (const note of notes) {
    if (note.kind !== "alarm") lines.push(note);
    else changes.set(aboutOf(note), [...(changes.get(aboutOf(note)) ?? []), note]);
  }
  for (const group of changes.values()) {
    const inOrder = group.toSorted((a, b) => a.seq - b.seq);
    const last = inOrder.at(-1);
    if (last) lines.push({ kind: "alarm", note: last, was: inOrder });
  }
  return lines.toSorted(compareLines);
}

function compareLines(a: Line, b: Line): number {
  if (a.kind === "alarm" && b.kind === "alarm") return compareAlarms(a.note, b.note);
  return KINDS[a.kind] - KINDS[b.kind];
}

const compareAlarms = (a: AlarmNote, b: AlarmNote): number =>
  STATES[a.becomes] - STATES[b.becomes] ||
  SEVERITIES[a.severity] - SEVERITIES[b.severity] ||
  compareNames(a.alarm, b.alarm) ||
  compareNames(a.node ?? "", b.node ?? "") ||
  a.seq - b.seq;

/** A line that says in which state an alarm is; that nobody watches it any more is none. */
const isState = (line: Line): line is AlarmLine => line.kind === "alarm" && !line.note.ended;

/** How many lines say so. */
export const countStates = (lines: readonly Line[]): Record<keyof typeof STATES, number> => {
  const counts = { OK: 0, ALARM: 0, INSUFFICIENT_DATA: 0 };
  for (const line of lines) if (isState(line)) counts[line.note.becomes] += 1;
  return counts;
};
export const countOthers = (lines: readonly Line[]): number => lines.filter((line) => !isState(line)).length;
