/**
 * In which state an alarm is, from the datapoints of its evaluation range: CloudWatch's rules, as both of its published tables have
 * them. Pure; production, the form's preview and the test on the past ask the same function.
 */
import { OPERATORS, type AlarmState } from "./choices";
import type { AlarmRule } from "./config";
import { reasonOf } from "./reason";

/** Old to new; null is missing. */
export type Datapoints = readonly (number | null)[];

export type Evaluation = {
  state: AlarmState;
  /** A sentence. */
  reason: string;
  /** Those that it was decided on, old to new: the newest N that are there. */
  datapoints: number[];
};

/** Datapoints that are looked at beyond N, so that a gap need not be filled while there are older ones. CloudWatch tells no number. */
const BEYOND = 2;
/** How many datapoints the evaluation of a rule looks at. */
export const rangeLength = ({ evaluationPeriods }: Pick<AlarmRule, "evaluationPeriods">): number => evaluationPeriods + BEYOND;

/** A datapoint as far as the state depends on it. */
export const MARKS = { missing: 0, good: 1, breaching: 2 } as const;

/** NaN is missing, too. */
export function markOf(value: number | null, { operator, threshold }: Pick<AlarmRule, "operator" | "threshold">): number {
  if (value === null || Number.isNaN(value)) return MARKS.missing;
  return OPERATORS[operator].breaches(value, threshold) ? MARKS.breaching : MARKS.good;
}

/** What is there in an evaluation range: of the newest N datapoints that are not missing. */
export type Seen = {
  /** How many there are, N at most. */
  real: number;
  breaching: number;
  /** How many periods ago the oldest of them began; 0: there is none. */
  oldest: number;
};

/** `marks` is the whole range, old to new. */
function look(marks: readonly number[], atMost: number): Seen {
  const seen: Seen = { real: 0, breaching: 0, oldest: 0 };
  for (let age = 1; age <= marks.length && seen.real < atMost; age += 1) {
    const mark = marks[marks.length - age];
    if (mark === MARKS.missing) continue;
    seen.real += 1;
    seen.oldest = age;
    if (mark === MARKS.breaching) seen.breaching += 1;
  }
  return seen;
}

type Decided = Pick<AlarmRule, "evaluationPeriods" | "datapointsToAlarm" | "treatMissingData">;

/**
 * 1. N datapoints are there: in alarm when M of them breach, and how missing data is treated plays no part.
 * 2. Missing ones count as breaching, or as good, where the rule says so.
 * 3. Otherwise M that breach are an alarm, and one that is good is OK. When all that are there breach and are fewer than M, `ignore` keeps
 *    the state; `missing` is an alarm once the oldest is M periods old, so that a metric that stops does not hide one (AWS's sentence
 *    for this does not ask that none is good, its tables do), and is Insufficient data before.
 */
export function decide({ real, breaching, oldest }: Seen, rule: Decided, state: AlarmState): AlarmState {
  const { evaluationPeriods: n, datapointsToAlarm: m, treatMissingData } = rule;
  const filled = treatMissingData === "breaching" ? breaching + n - real : breaching;
  if (filled >= m) return "ALARM";
  if (real === n || treatMissingData === "breaching" || treatMissingData === "notBreaching" || breaching < real) return "OK";
  if (treatMissingData === "ignore") return state;
  return oldest >= m ? "ALARM" : "INSUFFICIENT_DATA";
}

/** `points` is the evaluation range, of rangeLength(rule) usually; `state` is the alarm's state until now. */
export function evaluate(points: Datapoints, rule: AlarmRule, state: AlarmState): Evaluation {
  const marks = points.map((point) => markOf(point, rule));
  const seen = look(marks, rule.evaluationPeriods);
  const becomes = decide(seen, rule, state);
  const there = points.filter((point) => point !== null && !Number.isNaN(point)) as number[]; // null is left out
  const datapoints = there.slice(there.length - seen.real);
  return { state: becomes, reason: reasonOf({ ...seen, datapoints, looked: points.length }, rule, becomes), datapoints };
}
