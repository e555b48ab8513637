/** The form of an alarm, in CloudWatch's words where it has some. */
import type { AlarmState } from "../domain/alarms/choices";
import type { AlarmScope } from "../domain/alarms/config";
import type { AlarmMetricId } from "../domain/alarms/metrics";
import { counted } from "./counted";

export const ALARM_FORM = {
  create: "Create Alarm",
  edit: (name: string): string => `Edit ${name}`,
  submit: "Create alarm",
  save: "Save",
  cancel: "Cancel",
  sendTest: "Send test",
  noTest: "Choose a recipient first.",
  tested: (count: number): string => `A test goes to ${counted(count, "recipient")}.`,
  created: (name: string): string => `“${name}” created. Its first evaluation comes within a minute.`,
  saved: (name: string): string => `“${name}” saved. Its state stays until the next evaluation.`,
  refused: "The alarm was not saved.",
  watched: "What is watched",
  metric: "Metric",
  parameter: "Status",
  scope: "Of",
  scopes: { node: "One node", tag: "Nodes with a tag", all: "All nodes" } satisfies Partial<Record<AlarmScope["kind"], string>>,
  scopeHelp: "Each node is watched by itself, and has a state of its own.",
  region: "This is a figure of the whole region.",
  node: "Node",
  nodeHelp: "Name, IP, MAC address or tag. Arrow keys choose, Enter takes.",
  nodes: "Nodes found",
  noNode: "No node that has joined the cluster is found.",
  tag: "Tag",
  tagHelp: (count: number | null): string =>
    count === null ? "A tag that no node has yet may be named." : `${counted(count, "node")} now.`,
  condition: "Condition",
  statistic: "Statistic",
  period: "Period",
  whenever: (metric: string): string => `Whenever ${metric} is`,
  flags: {
    status: (status: string): string => `In alarm while the node is ${status}.`,
    maintenanceReady: "In alarm while the node can not be taken out of service.",
  },
  operator: "Compared",
  threshold: "Threshold",
  thresholdIn: (unit: string): string => (unit ? `Threshold, ${unit}` : "Threshold"),
  datapoints: "Datapoints to alarm",
  outOf: "Out of",
  datapointsHelp: (m: string, n: string): string =>
    `In alarm when ${m || "…"} of the last ${n || "…"} datapoints are beyond the threshold.`,
  missing: "Missing data treatment",
  notify: "Notify",
  notifyHelp: "Each is told once when the state changes to the one chosen; nothing is repeated while it lasts.",
  notifyStates: { ALARM: "In alarm", OK: "OK", INSUFFICIENT_DATA: "Insufficient data" } satisfies Record<AlarmState, string>,
  notifyOne: (state: string, name: string): string => `${state}: ${name}`,
  recipient: "Recipient",
  noRecipients: "There is nobody to notify yet.",
  noRecipientsHelp: "The alarm shows in the console all the same. Add a recipient, and choose it here later.",
  openSettings: "Settings: Notifications",
  off: "Disabled",
  failing: "Fails",
  actionsOff: "Actions disabled",
  actionsOffHelp: "It is evaluated, and nobody is told.",
  about: "Name and severity",
  name: "Name",
  nameHelp: "One that nobody else uses, up to 255 characters.",
  description: "Description",
  descriptionHelp: "Optional. It stands in each message: what to do, whom to call.",
  severity: "Severity",
} as const;

export const PREVIEW = {
  title: "Preview",
  range: "Range",
  ranges: { "3": "3 h", "24": "24 h", "168": "7 d" },
  reading: "Reading what was measured…",
  noNode: "Choose a node to see what was measured of it.",
  noTag: "Name a tag to see one of its nodes.",
  of: (node: string): string => `Measured of ${node}`,
  oneOf: (node: string): string => `Measured of ${node}, one of them`,
  ofRegion: "Of the whole region",
  threshold: "Threshold",
  unread: "The preview could not be read: Regent did not answer.",
  nothing: "Nothing was measured in this time.",
  unfinished: "Finish the condition to see what it would have done.",
  legend: "Beyond the threshold",
  strip: "Would have been in alarm",
  slide: "Drag the line, or press the arrow keys on it.",
} as const;

/** "High Used CPU on compute-west-05": what an alarm is called until somebody names it. */
export function proposedName(metric: AlarmMetricId, label: string, above: boolean, whom: string): string {
  if (metric === "status") return `${label}${whom}`;
  if (metric === "maintenanceReady") return `Can not be taken out${whom}`;
  return `${above ? "High" : "Low"} ${label}${whom}`;
}

/** The end of such a name. */
export const NAME_ENDS = {
  node: (node: string): string => (node ? ` on ${node}` : ""),
  tag: (tag: string): string => (tag ? ` on tag ${tag}` : ""),
  all: " on all nodes",
  region: "",
} as const;
