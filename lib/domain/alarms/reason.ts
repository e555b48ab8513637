/** Why an alarm is in its state, in sentences like CloudWatch's. */
import { OPERATORS, PERIODS, STATISTICS, type AlarmState } from "./choices";
import type { AlarmRule } from "./config";
import { MEASURES, unitOf } from "./measures";
import { ALARM_METRICS, watchedLabel } from "./metrics";
import { NODE_STATUSES } from "../status";

/** `looked`: the length of the evaluation range; the rest as in evaluate.ts. */
type Found = { real: number; breaching: number; oldest: number; datapoints: readonly number[]; looked: number };

/** As many as a mail bears. */
const SHOWN = 10;

/** A datapoint or a threshold with its unit. */
export const showValue = (value: number, { metric, statistic }: Pick<AlarmRule, "metric" | "statistic">): string =>
  MEASURES[unitOf(ALARM_METRICS[metric].unit, statistic)].show(value);

const plural = (count: number, noun = "datapoint"): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** "[91 %, 88 %]", the newest of them when they are many. */
function listed(datapoints: readonly number[], rule: AlarmRule): string {
  const values = datapoints.slice(-SHOWN).map((value) => showValue(value, rule));
  return `[${[...(datapoints.length > SHOWN ? ["…"] : []), ...values].join(", ")}]`;
}

/** "3 out of the last 5 datapoints [91 %, ...] were greater than the threshold (80 %)". */
function compared({ real, breaching, datapoints }: Found, rule: AlarmRule): string {
  const { words } = OPERATORS[rule.operator];
  const threshold = `${words} the threshold (${showValue(rule.threshold, rule)})`;
  const values = listed(datapoints, rule);
  if (real === 1) return `The last datapoint ${values} was ${breaching ? "" : "not "}${threshold}`;
  const share = breaching === 0 ? "None" : `${breaching} out`;
  return `${share} of the last ${real} datapoints ${values} ${breaching > 1 ? "were" : "was"} ${threshold}`;
}

const TREATED = { breaching: "treated as breaching", notBreaching: "treated as not breaching" } as const;

export function reasonOf(found: Found, rule: AlarmRule, becomes: AlarmState): string {
  const { evaluationPeriods: n, datapointsToAlarm: m, treatMissingData } = rule;
  const gaps = n - found.real;
  const said = found.real > 0 ? compared(found, rule) : `No datapoint was received for ${plural(found.looked, "period")}`;
  if (gaps === 0) return becomes === "OK" && found.breaching > 0 ? `${said}; an alarm needs ${m}.` : `${said}.`;
  const were = gaps === 1 ? "was" : "were";
  if (treatMissingData === "breaching" || treatMissingData === "notBreaching")
    return `${said}; ${plural(gaps, "missing datapoint")} ${were} ${TREATED[treatMissingData]}.`;
  const missing = found.real > 0 ? `${said}; ${plural(gaps)} ${were} missing` : said;
  if (found.breaching >= m || found.breaching < found.real) return `${missing}.`;
  if (treatMissingData === "ignore") return `${missing}, so the state is kept.`;
  if (becomes === "INSUFFICIENT_DATA") return `${missing}.`;
  return `${missing}, and nothing else has been received for ${plural(found.oldest, "period")}.`;
}

/** What is so or is not has no unit to be told in: "Status is Failed", "Can be taken out: no"; null for what is a number. */
function flagWords(rule: AlarmRule): string | null {
  const { metric, parameter, statistic, operator, threshold } = rule;
  if (unitOf(ALARM_METRICS[metric].unit, statistic) !== "flag") return null;
  const whenSo = OPERATORS[operator].breaches(1, threshold);
  if (whenSo === OPERATORS[operator].breaches(0, threshold)) return null;
  if (parameter !== null) return `Status is ${whenSo ? "" : "not "}${NODE_STATUSES[parameter].label}`;
  return `${ALARM_METRICS[metric].label}: ${whenSo ? "yes" : "no"}`;
}

/** "Greater than 80 %, 3 out of 5 datapoints of 1 minute", for a message. */
export function conditionWords(rule: AlarmRule): string {
  const { operator, threshold, datapointsToAlarm: m, evaluationPeriods: n, periodSeconds } = rule;
  const condition = flagWords(rule) ?? `${OPERATORS[operator].label} ${showValue(threshold, rule)}`;
  return `${condition}, ${m} out of ${plural(n)} of ${PERIODS[periodSeconds]}`;
}

/** "Used CPU, average > 80 %" or "Status is Failed", for a list. */
export function ruleWords(rule: AlarmRule): string {
  const flag = flagWords(rule);
  if (flag) return flag;
  const { operator, statistic, threshold } = rule;
  const word = STATISTICS[statistic];
  const shown = /^p\d/.test(word) ? word : word.toLowerCase();
  return `${watchedLabel(rule)}, ${shown} ${OPERATORS[operator].sign} ${showValue(threshold, rule)}`;
}
