/** What an alarm can watch: one row is one metric, for the form, the evaluation and the test on the past. */
import { METRICS, type MetricId } from "../metrics";
import { STALE_SECONDS } from "../sample-times";
import { NODE_STATUSES, type NodeStatus } from "../status";
import type { MissingData, Operator, PeriodSeconds, Statistic } from "./choices";
import type { AlarmUnit } from "./measures";

/** A rule as the form offers it at first. The threshold is a stored value: a share from 0 to 1, bits and bytes without a prefix. */
type Defaults = {
  statistic: Statistic;
  operator: Operator;
  threshold: number;
  periodSeconds: PeriodSeconds;
  /** N. */
  evaluationPeriods: number;
  /** M. */
  datapointsToAlarm: number;
  treatMissingData: MissingData;
};

export type AlarmMetric = {
  label: string;
  unit: AlarmUnit;
  /** Kept as it was measured, made of what is kept (lib/domain/alarms/series.ts), or known only when somebody looks. */
  source: "sample" | "derived" | "fact";
  scope: "node" | "region";
  defaults: Defaults;
  /** Why a rule can not be tested on the past; null: it can. */
  noHistory: string | null;
};

const GIGABIT = 1e9;
const GIB = 2 ** 30;

/** Three of five minutes, and no data is no statement: what suits most metrics. */
const USUAL = {
  statistic: "Average",
  periodSeconds: 60,
  evaluationPeriods: 5,
  datapointsToAlarm: 3,
  treatMissingData: "missing",
} as const satisfies Partial<Defaults>;
const ABOVE = { ...USUAL, operator: "GreaterThanThreshold" } as const;
/** Space is lost slowly, and its lowest is what counts. */
const BELOW = { ...USUAL, statistic: "Minimum", operator: "LessThanThreshold", periodSeconds: 300, evaluationPeriods: 3 } as const;
/** One is one too many, once it is more than a restart. */
const BROKEN = { ...ABOVE, statistic: "Maximum", threshold: 0, evaluationPeriods: 3 } as const;
/** What is so or is not: once is enough. */
const AT_ONCE = { ...USUAL, evaluationPeriods: 1, datapointsToAlarm: 1 } as const;

/** A metric of lib/domain/metrics.ts, with its label and its unit. */
const sampled = (id: MetricId, defaults: Defaults, label: string = METRICS[id].label): AlarmMetric => ({
  label,
  unit: METRICS[id].unit,
  source: "sample",
  scope: "node",
  defaults,
  noHistory: null,
});

/** A metric of METRICS is one row here, under the same id. */
export const ALARM_METRICS = {
  cpu: sampled("cpu", { ...ABOVE, threshold: 0.8 }, "Used CPU"),
  memory: sampled("memory", { ...ABOVE, threshold: 0.9 }, "Used memory"),
  networkRx: sampled("networkRx", { ...ABOVE, threshold: 8 * GIGABIT }),
  networkTx: sampled("networkTx", { ...ABOVE, threshold: 8 * GIGABIT }),
  throughput: {
    label: "Throughput",
    unit: "bit/s",
    source: "derived",
    scope: "node",
    defaults: { ...ABOVE, threshold: 16 * GIGABIT },
    noHistory: null,
  },
  diskBusy: sampled("diskBusy", { ...ABOVE, threshold: 0.9 }),
  load: sampled("load", { ...ABOVE, threshold: 64 }),
  freeRoot: sampled("freeRoot", { ...BELOW, threshold: 0.1 }),
  freeLog: sampled("freeLog", { ...BELOW, threshold: 0.1 }),
  freeData: sampled("freeData", { ...BELOW, threshold: 0.1 }),
  freeContainers: sampled("freeContainers", { ...BELOW, threshold: 0.1 }),
  vmMemoryAvailable: sampled("vmMemoryAvailable", { ...BELOW, threshold: 16 * GIB }),
  linksDown: sampled("linksDown", BROKEN),
  disksFailing: sampled("disksFailing", BROKEN),
  poolsDegraded: sampled("poolsDegraded", BROKEN),
  servicesDown: sampled("servicesDown", BROKEN),
  heartbeatAge: {
    label: "Heartbeat age",
    unit: "s",
    source: "derived",
    scope: "node",
    // A node of which nothing at all is known is the one that this alarm is for.
    defaults: {
      ...AT_ONCE,
      statistic: "Maximum",
      operator: "GreaterThanThreshold",
      threshold: STALE_SECONDS,
      treatMissingData: "breaching",
    },
    noHistory: null,
  },
  status: {
    label: "Status",
    unit: "flag",
    source: "fact",
    scope: "node",
    defaults: { ...AT_ONCE, statistic: "Maximum", operator: "GreaterThanOrEqualToThreshold", threshold: 1 },
    noHistory: null,
  },
  maintenanceReady: {
    label: "Can be taken out",
    unit: "flag",
    source: "fact",
    scope: "node",
    defaults: { ...BELOW, threshold: 1 },
    noHistory: "Whether a node can be taken out is recorded only while an alarm watches it, so there is no past to test this rule on.",
  },
  regionHeadroom: {
    label: "VM memory left after losing any one node",
    unit: "byte",
    source: "fact",
    scope: "region",
    defaults: { ...BELOW, periodSeconds: 60, threshold: 0 },
    noHistory:
      "How much VM memory the region can spare is recorded only while an alarm watches it, so there is no past to test this rule on.",
  },
} as const satisfies Record<string, AlarmMetric>;

export type AlarmMetricId = keyof typeof ALARM_METRICS;
// The keys of a constant object are exactly its own literal keys.
export const ALARM_METRIC_IDS = Object.keys(ALARM_METRICS) as AlarmMetricId[];

/** "Used CPU", and with its parameter "Status Failed". */
export function watchedLabel({ metric, parameter }: { metric: AlarmMetricId; parameter: NodeStatus | null }): string {
  const { label } = ALARM_METRICS[metric];
  return parameter === null ? label : `${label} ${NODE_STATUSES[parameter].label}`;
}
