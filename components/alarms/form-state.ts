/** What stands in the form of an alarm, as it is typed, and how it becomes what is sent. Pure. */
import type { AlarmSeverity, AlarmState, MissingData, Operator, PeriodSeconds, Statistic } from "@/lib/domain/alarms/choices";
import type { AlarmForm, AlarmRule, AlarmScope } from "@/lib/domain/alarms/config";
import { MEASURES, rangeOf, unitOf } from "@/lib/domain/alarms/measures";
import { ALARM_METRICS, watchedLabel, type AlarmMetricId } from "@/lib/domain/alarms/metrics";
import type { NodeStatus } from "@/lib/domain/status";
import { NAME_ENDS, proposedName } from "@/lib/messages/alarm-form";
import type { AlarmView } from "@/lib/services/alarms/read";

export type Typed = {
  metric: AlarmMetricId;
  parameter: NodeStatus;
  scope: AlarmScope["kind"];
  node: { id: string; name: string } | null;
  tag: string;
  statistic: Statistic;
  periodSeconds: PeriodSeconds;
  operator: Operator;
  /** In the unit of the metric's measure. */
  threshold: string;
  /** N and M. */
  outOf: string;
  datapoints: string;
  missing: MissingData;
  /** null: as proposed. */
  name: string | null;
  description: string;
  severity: AlarmSeverity;
  actionsEnabled: boolean;
  actions: Record<AlarmState, string[]>;
  /** Somebody chose the condition; until then it is the metric's own. */
  ownRule: boolean;
};

const HOUR = 3600;
const DAY = 24 * HOUR;

export const isFlag = (metric: AlarmMetricId): boolean => ALARM_METRICS[metric].unit === "flag";
export const measureOf = ({ metric, statistic }: Pick<AlarmRule, "metric" | "statistic">) =>
  MEASURES[unitOf(ALARM_METRICS[metric].unit, statistic)];
export const isAbove = (operator: Operator): boolean => operator === "GreaterThanThreshold" || operator === "GreaterThanOrEqualToThreshold";

/** As people type numbers: a comma is a point, and nothing is no number. */
export const numberOf = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text.trim().replace(",", ".")));

const defaultsOf = (metric: AlarmMetricId) => {
  const { treatMissingData, evaluationPeriods, datapointsToAlarm, threshold, ...rest } = ALARM_METRICS[metric].defaults;
  return {
    ...rest,
    missing: treatMissingData,
    outOf: String(evaluationPeriods),
    datapoints: String(datapointsToAlarm),
    threshold: String(measureOf({ metric, statistic: rest.statistic }).typed(threshold)),
  };
};

export function blank(metric: AlarmMetricId, node: Typed["node"]): Typed {
  const region = ALARM_METRICS[metric].scope === "region";
  return {
    metric,
    parameter: "Failed",
    scope: region ? "region" : "node",
    node,
    tag: "",
    ...defaultsOf(metric),
    name: null,
    description: "",
    severity: "warning",
    actionsEnabled: true,
    actions: { ALARM: [], OK: [], INSUFFICIENT_DATA: [] },
    ownRule: false,
  };
}

/** null: it was written by a later version, whose form this is not. */
export function typedOf({ rule, scope, scopeNode, name, description, severity, actionsEnabled, actions }: AlarmView): Typed | null {
  if (!rule) return null;
  const { metric, statistic, operator, periodSeconds, threshold } = rule;
  return {
    metric,
    parameter: rule.parameter ?? "Failed",
    scope: scope.kind,
    node: scope.kind === "node" ? { id: scope.nodeId, name: scopeNode ?? "" } : null,
    tag: scope.kind === "tag" ? scope.tag : "",
    statistic,
    operator,
    periodSeconds,
    threshold: String(measureOf(rule).typed(threshold)),
    outOf: String(rule.evaluationPeriods),
    datapoints: String(rule.datapointsToAlarm),
    missing: rule.treatMissingData,
    name,
    description,
    severity,
    actionsEnabled,
    actions,
    ownRule: true,
  };
}

/** Another metric brings its own condition, unless somebody chose one that still makes sense for it. */
export function withMetric(typed: Typed, metric: AlarmMetricId): Typed {
  const [before, after] = [ALARM_METRICS[typed.metric], ALARM_METRICS[metric]];
  const kept = typed.ownRule && before.unit === after.unit && !isFlag(metric);
  const scope = after.scope === "region" ? "region" : typed.scope === "region" ? (typed.node ? "node" : "all") : typed.scope;
  return { ...typed, ...(kept ? {} : { ...defaultsOf(metric), ownRule: false }), metric, scope };
}

export function scopeOf({ scope, node, tag }: Typed): AlarmScope {
  if (scope === "node") return { kind: "node", nodeId: node?.id ?? "" };
  return scope === "tag" ? { kind: "tag", tag } : { kind: scope };
}

/** What is no number yet is NaN, which the server refuses at its field. */
export function ruleOf(typed: Typed): AlarmRule {
  const { metric, statistic, periodSeconds, operator } = typed;
  return {
    metric,
    parameter: metric === "status" ? typed.parameter : null,
    statistic,
    periodSeconds,
    operator,
    threshold: measureOf(typed).stored(numberOf(typed.threshold)),
    evaluationPeriods: numberOf(typed.outOf),
    datapointsToAlarm: numberOf(typed.datapoints),
    treatMissingData: typed.missing,
  };
}

/** Whether the rule can be tried on the past: the server would not refuse it. */
export function isTestable({
  metric,
  statistic,
  periodSeconds,
  threshold,
  evaluationPeriods: n,
  datapointsToAlarm: m,
}: AlarmRule): boolean {
  const { least, most } = rangeOf(ALARM_METRICS[metric].unit, statistic, periodSeconds);
  const counts = Number.isInteger(n) && Number.isInteger(m) && m >= 1 && m <= n;
  return counts && n * periodSeconds <= (periodSeconds < HOUR ? DAY : 7 * DAY) && threshold >= least && threshold <= most;
}

export function nameOf(typed: Typed): string {
  if (typed.name !== null) return typed.name;
  const ends = {
    node: NAME_ENDS.node(typed.node?.name ?? ""),
    tag: NAME_ENDS.tag(typed.tag.trim()),
    all: NAME_ENDS.all,
    region: NAME_ENDS.region,
  };
  const label = watchedLabel({ metric: typed.metric, parameter: typed.metric === "status" ? typed.parameter : null });
  return proposedName(typed.metric, label, isAbove(typed.operator), ends[typed.scope]);
}

export const formOf = (typed: Typed): AlarmForm => ({
  name: nameOf(typed),
  description: typed.description,
  severity: typed.severity,
  scope: scopeOf(typed),
  rule: ruleOf(typed),
  actionsEnabled: typed.actionsEnabled,
  actions: typed.actions,
});
