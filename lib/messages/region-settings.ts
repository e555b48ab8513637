/** The settings of the region: what their pages say beside the table of lib/domain/settings-table.ts. */
import { refuse, type Refusal } from "../outcome";
import { counted } from "./counted";

const list = new Intl.ListFormat("en-GB", { type: "conjunction" });

export const SETTINGS_FORM = {
  save: "Save",
  discard: "Discard changes",
  saved: (group: string): string => `${group} saved.`,
  nothing: "Nothing is changed.",
  byDefault: (value: string): string => `Default: ${value}.`,
  back: "Back to the default",
  backOf: (label: string): string => `Back to the default of ${label}`,
  readOnly: "You see what is set. You can not change it.",
  costs: (size: string, nodes: number): string => `About ${size} for ${counted(nodes, "node")}.`,
  costsAll: (size: string): string => `About ${size} in all.`,
  refused: "Nothing was saved.",
  confirmTitle: (group: string): string => `Change ${group}?`,
  confirm: "Save all the same",
  fencingOff: "Automatic fencing is off.",
  fencingOffHelp: "A lost node is Failed and nothing more: its power stays on until an Admin fences it, by Actions, Fence on the node.",
  unreached: refuse("unreached", "Regent did not answer.", { hint: "What you typed is kept. Check the connection and press again." }),
} as const;

export const SETTINGS_EVENT = {
  changed: (who: string, group: string, changes: readonly string[]): string => `${who} changed ${group}: ${changes.join("; ")}.`,
} as const;

export const SETTINGS_REFUSALS = {
  conflict: (who: string | null, changes: readonly string[]): Refusal =>
    refuse("stale", `${who ?? "Somebody"} changed ${list.format(changes)} while you typed.`, {
      hint: "What you typed is kept, and nothing was saved. Save again to put it over theirs.",
    }),
  keptTooShort: (field: string, coarser: string, finer: string): Refusal =>
    refuse("kept-too-short", `“${coarser}” must be kept at least as long as “${finer}”.`, { field }),
  alarmsShorter: (interval: string, alarms: readonly string[]): Refusal =>
    refuse(
      "short-alarms",
      `${counted(alarms.length, "alarm")} ${alarms.length === 1 ? "has" : "have"} a period shorter than ${interval}: ${named(alarms)}.`,
      { hint: "Give each a longer period first.", field: "sampling.intervalSeconds" },
    ),
  alarmsLonger: (days: number, alarms: readonly string[]): Refusal =>
    refuse(
      "long-alarms",
      `${counted(alarms.length, "alarm")} ${alarms.length === 1 ? "looks" : "look"} back further than ${days} days: ${named(alarms)}.`,
      {
        hint: "Give each fewer datapoints or a shorter period first.",
        field: "retention.minuteDays",
      },
    ),
} as const;

const NAMED = 5;
const named = (names: readonly string[]): string =>
  names.length > NAMED ? `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} more` : list.format(names);

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** Said before it is done. Days are in UTC, as the database cuts them. */
export const SETTINGS_DANGERS = {
  fencingOff:
    "A lost node keeps its power until an Admin fences it: its virtual machines stay down, and its node stays in the way, for as long.",
  timerShorter: (seconds: string): string =>
    `Force Maintenance, which stops workloads, can be confirmed ${seconds} seconds after it is opened.`,
  silence: (grace: number, interval: number, least: number): string =>
    `A node may be silent for ${grace} seconds (Fencing, Silence) and is sampled every ${interval}: each sample that is late has it looked at as if it were lost. Let it be silent for ${least} seconds at least.`,
  approvalOff: (candidates: number): string =>
    candidates === 0
      ? "Every server that is added from now on joins by itself as soon as it can be accepted."
      : `Every candidate that can be accepted joins by itself, within seconds: there ${candidates === 1 ? "is 1" : `are ${candidates}`} now.`,
  candidatesInadequate: (names: readonly string[]): string =>
    `${counted(names.length, "candidate")} would be Inadequate at the next inspection: ${named(names)}.`,
  nodesInadequate: (names: readonly string[]): string =>
    `${counted(names.length, "node")} that ${names.length === 1 ? "has" : "have"} joined would not be activated again after a maintenance: ${named(names)}.`,
  forgotten: (label: string, from: Date, to: Date, count: number | null): string =>
    `${label}: what is older than ${DAY.format(to)} is deleted within the hour, back to ${DAY.format(from)}${count === null ? "" : ` (${count})`}. It does not come back.`,
} as const;

/** The event of a candidate that nobody was asked about. */
export const AUTO_ACCEPTED = (name: string, role: string): string =>
  `Regent accepted ${name} as ${role}: this region does not require manual approval.`;
