/** What Regent tells people, in a mail and elsewhere: one catalogue of its words. Texts from outside come cleaned, see lib/worker/notify/blocks.ts. */
import type { AlarmNote } from "../domain/notes";
import { counted } from "./counted";

export const STATE_WORDS = { ALARM: "ALARM", OK: "OK", INSUFFICIENT_DATA: "NO DATA" } as const satisfies Record<
  AlarmNote["becomes"],
  string
>;
const SEVERITY_WORDS = { critical: "Critical", warning: "Warning", info: "Info" } as const satisfies Record<AlarmNote["severity"], string>;

/** How a threshold begins, its sign, and the sign where it does not hold. */
const COMPARISONS: readonly (readonly [says: RegExp, holds: string, fails: string])[] = [
  [/^(greater than or equal to|at least|>=|≥)\s*/i, "≥", "<"],
  [/^(less than or equal to|lower than or equal to|at most|<=|≤)\s*/i, "≤", ">"],
  [/^(greater than|more than|above|>)\s*/i, ">", "≤"],
  [/^(less than|lower than|below|<)\s*/i, "<", "≥"],
];

/** "97 % > 80 %" from "97 %" and "Greater than 80 %, 3 out of 5 datapoints", "41 % ≤ 80 %" when it is OK; without a comparison the value alone. */
export function figure(value: string | null, threshold: string, state: AlarmNote["becomes"]): string | null {
  if (value === null) return null;
  const [limit = ""] = threshold.split(/,\s|\sfor\s/);
  const [says, holds, fails] = COMPARISONS.find(([pattern]) => pattern.test(limit)) ?? [];
  return says ? `${value} ${state === "OK" ? fails : holds} ${limit.replace(says, "")}` : value;
}

const parts = (list: readonly (string | null | false)[]): string => list.filter(Boolean).join(", ");
export const where = (node: string | null): string => node ?? "the region";

export const MAIL = {
  subject: (region: string, what: string): string => `[Regent ${region}] ${what}`,
  /** Of one alarm. */
  /** A name that says the node already, as the form proposes one, does not say it twice. */
  alarm: (name: string, node: string | null): string => (node === null || name.endsWith(` ${node}`) ? name : `${name} on ${node}`),
  many: ({ ALARM, OK, INSUFFICIENT_DATA }: Record<AlarmNote["becomes"], number>, others: number): string =>
    parts([
      ALARM > 0 && counted(ALARM, "alarm"),
      OK > 0 && `${OK} OK`,
      INSUFFICIENT_DATA > 0 && `${INSUFFICIENT_DATA} without data`,
      others > 0 && counted(others, "notice"),
    ]),
  flapped: (times: number, from: string, to: string, state: string, numbers: string): string =>
    `Flapped ${times} times between ${from} and ${to}, now ${state} (transitions ${numbers}).`,
  changed: (times: number, from: string, to: string, state: string, numbers: string): string =>
    `Changed ${times} times between ${from} and ${to}, now ${state} (transitions ${numbers}).`,
  flappedSubject: (times: number): string => `changed ${times} times`,
  moreOf: (what: string, more: number): string => `${what} and ${more} more`,
  sections: { alarm: "In alarm", noData: "No data", good: "OK again", notice: "Notices" },
  more: (count: number): string => `And ${counted(count, "more change")}, in brief`,
  brief: (state: string, title: string, at: string, numbers: string): string => `${state}: ${title}, ${at}, transition ${numbers}`,
  facts: {
    node: "Node",
    metric: "Metric",
    value: "Value",
    noValue: "Nothing was measured",
    threshold: "Threshold",
    since: "Since",
    reason: "Reason",
    severity: "Severity",
    severityOf: (severity: AlarmNote["severity"]): string => SEVERITY_WORDS[severity],
    description: "Description",
    before: "Before",
    transition: "Transition",
    mutedSince: "Muted since",
    mutedWhy: "Why",
    nodes: "Nodes",
    active: "Active",
    inAlarm: "In alarm",
    insufficient: "Without data",
    muted: "Muted",
    delivered: "Told in the last 24 hours",
    waiting: "Waiting to be told",
    by: "By",
    at: "At",
  },
  since: (at: string): string => `since ${at}`,
  transition: (numbers: string): string => `transition ${numbers}`,
  links: { alarm: "Open alarm", node: "Open node", alarms: "Open alarms", settings: "Open settings", nodes: "Open nodes" },
  summary: {
    badge: (alarms: number): string => (alarms === 0 ? "NOT MUTED" : "STILL IN ALARM"),
    title: (alarms: number, node: string | null): string =>
      alarms === 0
        ? `Nothing is in alarm on ${where(node)}`
        : `${counted(alarms, "alarm")} ${alarms === 1 ? "stands" : "stand"} on ${where(node)}`,
    text: (why: string, transitions: number): string =>
      `Nobody was told while it was muted (${why}): ${counted(transitions, "change")} ${transitions === 1 ? "is" : "are"} in the history. This is what holds now.`,
  },
  reminder: {
    badge: "REMINDER",
    title: (nodes: number): string =>
      nodes === 1 ? "A node is still in maintenance" : `${counted(nodes, "node")} are still in maintenance`,
    text: "Nobody is told of alarms there for as long. Activate or remove what is done.",
    entry: (since: string, reason: string | null): string => (reason ? `since ${since}: ${reason}` : `since ${since}`),
  },
  isolated: {
    badge: "ISOLATED",
    over: "BACK",
    title: (silent: number, total: number): string => `The console is isolated: ${silent} of ${counted(total, "node")} do not answer`,
    overTitle: "The console is not isolated any more",
    text: "So many silent nodes are more likely the console's own network. Regent takes no action on them, and this mail stands for all of them.",
    overText: "Most nodes answer again. Regent acts again.",
  },
  event: { badge: "NOTICE" },
  ended: "ENDED",
  acknowledged: {
    badge: "ACKNOWLEDGED",
    text: (by: string, said: string): string => (said ? `${by} has seen it and says: ${said}` : `${by} has seen it.`),
  },
  daily: {
    badge: "ALIVE",
    title: (nodes: number, inAlarm: number): string =>
      `Regent is alive: ${counted(nodes, "node")}, ${inAlarm === 0 ? "none" : inAlarm} in alarm`,
    text: "This mail comes once a day, so that silence means something: when it is missing, look at the console and at the mail server.",
  },
  test: {
    badge: "TEST",
    title: "A test, nothing is wrong",
    text: (by: string, alarm: string | null): string =>
      alarm === null
        ? `${by} asked Regent to send it. Alarms come the same way.`
        : `${by} asked Regent to send it, as the alarm ${alarm} would. Its state did not change.`,
  },
  /** At the end of every mail. */
  change: "Operators can acknowledge, mute and change an alarm on its page.",
  why: (recipient: string, region: string): string =>
    `Sent to ${recipient} by Regent, the console of the region ${region}. Admins choose who is told in Settings, Notifications.`,
} as const;

export const MAINTENANCE_NOTES = {
  forcedTitle: (node: string): string => `${node} was forced into maintenance`,
  forced: (reason: string, vms: readonly string[] | null): string => {
    const stops =
      vms === null
        ? "Which virtual machines ran on it is not known."
        : vms.length === 0
          ? "No virtual machine ran on it."
          : `${counted(vms.length, "virtual machine")} ${vms.length === 1 ? "stops" : "stop"}: ${vms.join(", ")}.`;
    return `${stops} Reason: ${reason}`;
  },
} as const;

const two = (number: number): string => String(number).padStart(2, "0");
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** "26 Nov 2026, 12:04:31 UTC": a mail is read anywhere. */
export const momentWords = (at: string): string => {
  const time = new Date(at);
  return `${time.getUTCDate()} ${MONTHS[time.getUTCMonth()]} ${time.getUTCFullYear()}, ${clockWords(at)}`;
};

/** "26 Nov, 12:04:31 UTC". */
export const dayWords = (at: string): string => {
  const time = new Date(at);
  return `${time.getUTCDate()} ${MONTHS[time.getUTCMonth()]}, ${clockWords(at)}`;
};

/** Both by the clock alone where they are of one day. */
export const spanWords = (from: string, to: string): [from: string, to: string] =>
  from.slice(0, 10) === to.slice(0, 10) ? [clockWords(from), clockWords(to)] : [dayWords(from), dayWords(to)];

/** "12:04:31 UTC". */
const clockWords = (at: string): string => {
  const time = new Date(at);
  return `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())} UTC`;
};
