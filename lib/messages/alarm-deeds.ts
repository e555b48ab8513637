/** What administrators do with alarms: the words of the event log, and why something is refused. */
import { ALARM_METRICS, type AlarmMetricId } from "../domain/alarms/metrics";
import { refuse } from "../outcome";

export const ALARM_EVENTS = {
  made: (who: string, alarm: string): string => `${who} made the alarm “${alarm}”.`,
  changed: (who: string, alarm: string): string => `${who} changed the alarm “${alarm}”.`,
  deleted: (who: string, alarm: string): string => `${who} deleted the alarm “${alarm}”.`,
  actions: (who: string, alarm: string, enabled: boolean): string =>
    enabled ? `${who} let the alarm “${alarm}” tell its recipients again.` : `${who} silenced the alarm “${alarm}”; it is still evaluated.`,
  muted: (who: string, alarm: string, until: string): string => `${who} muted the alarm “${alarm}” until ${until}.`,
  unmuted: (who: string, alarm: string): string => `${who} ended the muting of the alarm “${alarm}”.`,
  acknowledged: (who: string, alarm: string, node: string | null, note: string): string =>
    `${who} acknowledged the alarm “${alarm}”${node ? ` on ${node}` : ""}${note ? `: ${note}` : "."}`,
  tested: (who: string, alarm: string | null): string => `${who} sent a test message${alarm ? ` from the alarm “${alarm}”` : ""}.`,
  windowMade: (who: string, name: string): string => `${who} made the mute window “${name}”.`,
  windowRemoved: (who: string, name: string): string => `${who} removed the mute window “${name}”.`,
} as const;

/** Why an alarm is over although nothing was measured to be so. */
export const ALARM_ENDS = {
  unwatched: "The alarm does not watch this node any more.",
  deleted: (who: string): string => `${who} deleted the alarm.`,
} as const;

const LABEL = (metric: AlarmMetricId): string => ALARM_METRICS[metric].label;

export const ALARM_REFUSALS = {
  gone: refuse("alarm-gone", "This alarm was deleted.", { hint: "The list shows what is there now." }),
  stale: (alarm: string) =>
    refuse("stale", `“${alarm}” changed while you looked at it.`, { hint: "Look at it again, then repeat what you wanted." }),
  nameTaken: (name: string) =>
    refuse("duplicate", `There is an alarm called “${name}” already.`, { hint: "Choose another name.", field: "name" }),
  nodeGone: refuse("node-gone", "This node was deleted.", { hint: "Choose another node.", field: "scope" }),
  notJoined: refuse("status", "Alarms need a node that has joined the cluster.", { hint: "Choose another node.", field: "scope" }),
  keptShorter: (days: number) =>
    refuse("kept-shorter", `What was measured is kept for ${days} days, and this alarm looks back further.`, {
      hint: "Choose fewer datapoints, a shorter period, or a longer retention in the settings of the region.",
      field: "rule.evaluationPeriods",
    }),
  targetGone: refuse("target-gone", "Somebody removed one of the recipients meanwhile.", {
    hint: "Choose the recipients again.",
    field: "actions",
  }),
  needsRegion: (metric: AlarmMetricId) =>
    refuse("scope", `“${LABEL(metric)}” is a figure of the whole region.`, {
      hint: "Choose the region as what is watched.",
      field: "scope",
    }),
  needsNodes: (metric: AlarmMetricId) =>
    refuse("scope", `“${LABEL(metric)}” is a figure of a node.`, { hint: "Choose a node, a tag or all nodes.", field: "scope" }),
  periodShort: (interval: string) =>
    refuse("period", `Nodes are sampled every ${interval}: with a shorter period there would be no datapoint most of the time.`, {
      hint: "Choose a longer period.",
      field: "rule.periodSeconds",
    }),
  keyReused: refuse("key-reused", "This request was sent before with another content.", { hint: "Open the form again." }),
  tooMany: (most: number) =>
    refuse("too-many", `There are ${most} alarms, which is the most.`, { hint: "Delete one, or let one watch a tag." }),
  tooManyWindows: (most: number) =>
    refuse("too-many", `There are ${most} mute windows, which is the most.`, { hint: "Remove one that is over." }),
  windowGone: refuse("window-gone", "This mute window was removed already."),
  muteOver: refuse("mute-over", "This moment is over.", { hint: "Choose one in the future.", field: "until" }),
  muteLong: (days: number) =>
    refuse("mute-long", `An alarm is muted for ${days} days at most.`, { hint: "Make a mute window for what recurs.", field: "until" }),
  isOk: refuse("ok", "It is OK: there is nothing to acknowledge."),
  acked: (who: string) => refuse("acknowledged", `${who} acknowledged it already.`),
} as const;
