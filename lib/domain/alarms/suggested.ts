/** Alarms that suit most regions, ready to be made: one row is one alarm. */
import type { AlarmSeverity } from "./choices";
import type { AlarmForm, AlarmRule } from "./config";
import { ALARM_METRICS, type AlarmMetricId } from "./metrics";

export type Suggestion = {
  name: string;
  metric: AlarmMetricId;
  severity: AlarmSeverity;
  /** Why one wants to be told; it becomes the alarm's description. */
  why: string;
  /** Of the metric `status`. */
  parameter?: AlarmRule["parameter"];
};

export const SUGGESTED: readonly Suggestion[] = [
  {
    name: "Node has failed",
    metric: "status",
    parameter: "Failed",
    severity: "critical",
    why: "A failed node runs no workloads as it should. Put it into maintenance.",
  },
  {
    name: "Node is silent",
    metric: "heartbeatAge",
    severity: "critical",
    why: "Nothing was heard of the node for a minute: it is down, or cut off.",
  },
  {
    name: "No room to lose a node",
    metric: "regionHeadroom",
    severity: "critical",
    why: "When one more node fails, its virtual machines find no place.",
  },
  {
    name: "Disk is failing",
    metric: "disksFailing",
    severity: "critical",
    why: "SMART says that a disk fails. Replace it before it does.",
  },
  {
    name: "Pool is degraded",
    metric: "poolsDegraded",
    severity: "critical",
    why: "A storage pool has lost redundancy. The next broken disk may lose data.",
  },
  { name: "Used CPU is high", metric: "cpu", severity: "warning", why: "Workloads wait for the processor. Move some to a node with room." },
  { name: "Used memory is high", metric: "memory", severity: "warning", why: "The node is about to run out of memory." },
  { name: "/var/log fills up", metric: "freeLog", severity: "warning", why: "A full /var/log stops services that must write their log." },
  { name: "/mnt/data fills up", metric: "freeData", severity: "warning", why: "A full /mnt/data stops virtual machines that write." },
  {
    name: "/mnt/containers fills up",
    metric: "freeContainers",
    severity: "warning",
    why: "A full /mnt/containers stops containers and their updates.",
  },
];

/** Of every node, or of the region; tells the recipients, by their ids, when it is in alarm and when it is OK again. */
export function suggestedForm({ name, metric, severity, why, parameter = null }: Suggestion, recipients: readonly string[]): AlarmForm {
  const { scope, defaults } = ALARM_METRICS[metric];
  return {
    name,
    description: why,
    severity,
    scope: scope === "region" ? { kind: "region" } : { kind: "all" },
    rule: { metric, parameter, ...defaults },
    actionsEnabled: true,
    actions: { ALARM: [...recipients], OK: [...recipients], INSUFFICIENT_DATA: [] },
  };
}
