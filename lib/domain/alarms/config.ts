/** What an alarm is made of, as its form sends it and its row keeps it. Each refusal is a sentence at its field. */
import { z } from "zod";
import { NODE_STATUS_IDS } from "../status";
import { normaliseTag } from "../tags";
import {
  ALARM_SEVERITIES,
  MISSING_DATA,
  OPERATORS,
  PERIOD_SECONDS,
  PERIODS,
  STATISTICS,
  type AlarmSeverity,
  type MissingData,
  type Operator,
  type Statistic,
} from "./choices";
import { MEASURES, rangeOf, unitOf } from "./measures";
import { ALARM_METRIC_IDS, ALARM_METRICS } from "./metrics";

// The keys of a constant object are exactly its own literal keys.
const keysOf = <Key extends string>(table: Record<Key, unknown>) => Object.keys(table) as Key[];
const choice = <Key extends string>(table: Record<Key, unknown>, error: string) => z.enum(keysOf(table), { error });

const HOUR = 3600;
const DAY = 24 * HOUR;
const NAME_CHARACTERS = 255;
const DESCRIPTION_CHARACTERS = 1024;
const ACTIONS = 20;

const WHOLE = "Give the number of datapoints as a whole number of at least 1.";
const datapoints = z.number({ error: WHOLE }).int(WHOLE).min(1, WHOLE);
const PERIOD = `Choose a period of ${new Intl.ListFormat("en-GB", { type: "disjunction" }).format(Object.values(PERIODS))}.`;
const THRESHOLD = "Give the threshold as a number.";

const Shape = z.strictObject({
  metric: z.enum(ALARM_METRIC_IDS, { error: "Choose a metric." }),
  /** Of the metric `status`: which status. */
  parameter: z.enum(NODE_STATUS_IDS, { error: "Choose a status." }).nullable(),
  statistic: choice<Statistic>(STATISTICS, "Choose a statistic."),
  periodSeconds: z.literal(PERIOD_SECONDS, { error: PERIOD }),
  /** N: out of so many. */
  evaluationPeriods: datapoints,
  /** M: so many beyond the threshold. */
  datapointsToAlarm: datapoints,
  operator: choice<Operator>(OPERATORS, "Choose how the threshold is compared."),
  /** A stored value: a share from 0 to 1, bits and bytes without a prefix. See measures.ts. */
  threshold: z.number({ error: THRESHOLD }),
  treatMissingData: choice<MissingData>(MISSING_DATA, "Choose how missing data is treated."),
});
type Shape = z.infer<typeof Shape>;

export const AlarmRule = Shape.superRefine((rule, issues) => {
  for (const [field, message] of faults(rule)) issues.addIssue({ code: "custom", message, path: [field] });
});
export type AlarmRule = z.infer<typeof AlarmRule>;

/** What is wrong between the fields, each with its sentence. */
function* faults(rule: Shape): Generator<[field: keyof Shape, sentence: string]> {
  const { metric, parameter, statistic, periodSeconds, evaluationPeriods, datapointsToAlarm, threshold } = rule;
  const { label, unit } = ALARM_METRICS[metric];
  if (metric === "status" && parameter === null) yield ["parameter", "Choose the status that this alarm watches for."];
  if (metric !== "status" && parameter !== null) yield ["parameter", `${label} takes no status.`];

  const span = periodSeconds * evaluationPeriods;
  if (periodSeconds < HOUR && span > DAY)
    yield ["evaluationPeriods", `With a period under 1 hour, at most 1 day is looked at: ${DAY / periodSeconds} datapoints.`];
  if (span > 7 * DAY) yield ["evaluationPeriods", `At most 7 days are looked at: ${(7 * DAY) / periodSeconds} datapoints.`];
  if (datapointsToAlarm > evaluationPeriods)
    yield ["datapointsToAlarm", `At most ${evaluationPeriods} of ${evaluationPeriods} datapoints can be beyond the threshold.`];

  const { show } = MEASURES[unitOf(unit, statistic)];
  const { least, most } = rangeOf(unit, statistic, periodSeconds);
  if (threshold < least || threshold > most)
    yield ["threshold", `${STATISTICS[statistic]} of ${label} is from ${show(least)} to ${show(most)}.`];
}

const tag = z.string().transform((typed, issue) => {
  const named = normaliseTag(typed);
  if (named.ok) return named.value;
  issue.addIssue({ code: "custom", message: named.reason });
  return z.NEVER;
});

/** Whom it watches: one node, those with a tag (each by itself), all of them, or the region as a whole. */
export const AlarmScope = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("node"), nodeId: z.uuid("Choose a node.") }),
    z.strictObject({ kind: z.literal("tag"), tag }),
    z.strictObject({ kind: z.literal("all") }),
    z.strictObject({ kind: z.literal("region") }),
  ],
  { error: "Choose a node, a tag, all nodes or the region." },
);
export type AlarmScope = z.infer<typeof AlarmScope>;

const TOO_MANY = `At most ${ACTIONS} can be notified of one state.`;
const targets = z.array(z.uuid("This is not somebody who can be notified.")).max(ACTIONS, TOO_MANY);

/** Whether the name is free is asked where the others are known. */
export const AlarmForm = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1, "Give the alarm a name.")
      .max(NAME_CHARACTERS, `A name has at most ${NAME_CHARACTERS} characters.`)
      .regex(/^\P{Cc}*$/u, "The name has characters that can not be shown. Type it instead of pasting it."),
    description: z
      .string()
      .trim()
      .max(DESCRIPTION_CHARACTERS, `A description has at most ${DESCRIPTION_CHARACTERS} characters.`)
      .default(""),
    severity: choice<AlarmSeverity>(ALARM_SEVERITIES, "Choose a severity."),
    scope: AlarmScope,
    rule: AlarmRule,
    /** Off: it is evaluated, and nobody is told. */
    actionsEnabled: z.boolean().default(true),
    /** Whom a change to each state is told, by their ids. */
    actions: z.strictObject({ OK: targets.default([]), ALARM: targets.default([]), INSUFFICIENT_DATA: targets.default([]) }).prefault({}),
  })
  .superRefine(({ scope, rule }, issues) => {
    const { label, scope: of } = ALARM_METRICS[rule.metric];
    const message = of === "region" ? `${label} is of the region, and not of a node.` : `${label} is of nodes, and not of the region.`;
    if ((of === "region") !== (scope.kind === "region")) issues.addIssue({ code: "custom", message, path: ["scope"] });
  });
export type AlarmForm = z.infer<typeof AlarmForm>;
