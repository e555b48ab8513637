/** Alarms as pages show them: the list, the dialogs, one alarm. What the form says stands in alarm-form.ts. */
import type { AlarmState } from "../domain/alarms/choices";
import { refuse } from "../outcome";
import { counted } from "./counted";

const unreached = refuse("unreached", "Regent did not answer.", {
  hint: "It is safe to press again: the same request is never done twice.",
});

export const ALARMS = {
  title: "Alarms",
  help: "An alarm compares what is measured with a threshold, and tells you when that is crossed.",
  create: "Create alarm",
  muteWindows: "Mute windows",
  unreached,
  /** Behind the number in the navigation, for those who do not see where it stands. */
  inAlarm: (count: number): string => `${count} in alarm`,
  filters: { ALARM: "In alarm", INSUFFICIENT_DATA: "Insufficient data", OK: "OK", muted: "Muted" } satisfies Record<
    AlarmState | "muted",
    string
  >,
  filter: "Show",
  attention: "Not OK",
  all: "All alarms",
  calm: "Everything that is watched is OK.",
  noMatch: "Nothing matches these filters.",
  okBelow: "What is OK is counted with its alarm, below.",
  clear: "Clear filters",
  more: (count: number): string => `Show ${count} more`,
  cut: (shown: number, all: number): string => `The newest ${shown} of ${all} are listed. The counts tell all of them.`,
  region: "The region",
  allNodes: "All nodes",
  tag: (tag: string): string => `Tag ${tag}`,
  watched: (count: number): string => counted(count, "node"),
  columns: {
    state: "State",
    alarm: "Alarm",
    node: "Node",
    value: "Value",
    trend: "Last 3 h",
    since: "Since",
    told: "Last notification",
    watches: "Watches",
    states: "States",
    severity: "Severity",
    recipients: "Recipients",
  },
  limit: (sign: string, threshold: string): string => `limit ${sign} ${threshold}`,
  trend: (alarm: string): string => `${alarm}, last 3 hours`,
  muted: (why: string): string => `Muted: ${why}`,
  since: "since",
  mutedUntil: "Muted until",
  mutedBy: (who: string, note: string | null): string => `by ${who}${note ? `: ${note}` : ""}`,
  acked: (who: string): string => `Acknowledged by ${who}`,
  problem: (why: string): string => `Could not be evaluated: ${why}`,
  actionsOff: "Actions disabled",
  nobody: "Nobody",
  recipients: (count: number): string => counted(count, "recipient"),
  notices: {
    waiting: "Waits",
    failing: "Fails, is tried again",
    sent: "Sent",
    dead: "Given up",
  },
  noNotice: "Nobody was told",
  actionsOf: (name: string): string => `Actions for ${name}`,
  edit: "Edit",
  disable: "Disable actions",
  enable: "Enable actions",
  disabled: (name: string): string => `“${name}” tells nobody until its actions are enabled again.`,
  enabled: (name: string): string => `“${name}” tells its recipients again.`,
  goneOver: (name: string): string => `“${name}” is not muted any more.`,
  unmute: "End mute",
} as const;

export const ACKNOWLEDGE = {
  action: "Acknowledge",
  title: (alarm: string): string => `Acknowledge ${alarm}`,
  help: (node: string | null): string =>
    `Tells the others that you are on it${node ? ` for ${node}` : ""}. It holds until the state changes; nothing is muted by it.`,
  note: "Note",
  noteHelp: "Optional, up to 500 characters. It stands in the list and in the event log.",
  done: (alarm: string): string => `“${alarm}” acknowledged.`,
  already: (who: string): string => `${who} acknowledged it already.`,
  isOk: "It is OK: there is nothing to acknowledge.",
} as const;

export const MUTE = {
  action: "Mute until…",
  title: (alarm: string): string => `Mute ${alarm}`,
  help: "Nobody is told meanwhile. It is evaluated all the same, and what is in alarm at the end is told then.",
  until: "Until",
  choices: { hour: "1 hour", four: "4 hours", morning: "Tomorrow 08:00", custom: "Another moment" },
  moment: "Day and time",
  zone: (name: string): string => `Times are in ${name}.`,
  note: "Note",
  noteHelp: "Optional: why, and who looks after it.",
  submit: "Mute",
  done: (alarm: string): string => `“${alarm}” is muted.`,
} as const;

export const DELETE_ALARM = {
  action: "Delete",
  title: (alarm: string): string => `Delete ${alarm}?`,
  help: "It is not evaluated any more and tells nobody. What it did stays in its history and in the event log.",
  done: (alarm: string): string => `“${alarm}” deleted.`,
} as const;

/** Across the page: what should have told somebody did not. */
export const NOTIFY_FAILING = {
  title: {
    server: (host: string, answer: string): string => `The mail server ${host} takes no mail: ${answer}`,
    noServer: (): string => "Mails wait, because no mail server is set.",
    email: (to: string, answer: string): string => `E-mail to ${to} failed: ${answer}`,
    webhook: (to: string, answer: string): string => `The webhook ${to} failed: ${answer}`,
  },
  since: "Since",
  waiting: (count: number): string => (count === 1 ? "1 waits." : `${count} wait.`),
  others: (count: number): string => `So do those to ${counted(count, "other")}.`,
  open: "Open Notifications",
} as const;

/** The page of one alarm. */
export const ALARM_PAGE = {
  actions: "Actions",
  condition: "Condition",
  missing: "Missing data",
  watches: "Watches",
  severity: "Severity",
  description: "Description",
  made: "Made by",
  changed: "Changed",
  unreadable: "A later version of Regent wrote it. It is not evaluated, and can only be deleted here.",
  actionsOff: { title: "Its actions are disabled.", text: "It is evaluated, and nobody is told." },
  muted: "It is muted.",
  mutedUntil: "Until",
  states: "States",
  noStates: "No node is watched by it at present.",
  reason: "Reason",
  chart: "Node",
  history: "History",
  noHistory: "It has not changed its state yet.",
  more: "Show more",
  unread: "More of the history could not be read. Press again when Regent answers.",
  change: "Change",
  to: "to",
  told: "Who is told",
  toldOf: (states: string): string => `of ${states}`,
  delivery: { ok: "Delivered so far", failing: (problem: string): string => `Fails: ${problem}`, off: "Disabled" },
  windows: "Mute windows that concern it",
  noWindows: "None.",
} as const;

/** On the page of a node. */
export const NODE_ALARMS = { none: "Nothing watches this node." } as const;
