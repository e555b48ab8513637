/** Rules for tests. */
import type { AlarmRule } from "./config";

/** Used CPU above 80 %, M of N minutes. */
export const ruleOf = (m: number, n: number, facts: Partial<AlarmRule> = {}): AlarmRule => ({
  metric: "cpu",
  parameter: null,
  statistic: "Average",
  periodSeconds: 60,
  evaluationPeriods: n,
  datapointsToAlarm: m,
  operator: "GreaterThanThreshold",
  threshold: 0.8,
  treatMissingData: "missing",
  ...facts,
});
