/** What an alarm's form offers, in CloudWatch's words. Apart from the shapes in config.ts, whose zod the browser need not load. */

/** Of the samples of a period. */
export const STATISTICS = {
  Average: "Average",
  Minimum: "Minimum",
  Maximum: "Maximum",
  Sum: "Sum",
  SampleCount: "Sample count",
  p50: "p50",
  p90: "p90",
  p95: "p95",
  p99: "p99",
} as const;
export type Statistic = keyof typeof STATISTICS;

/** As shares from 0 to 1. */
export const PERCENTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const satisfies Partial<Record<Statistic, number>>;
export type Percentile = keyof typeof PERCENTILES;
export const isPercentile = (statistic: Statistic): statistic is Percentile => Object.hasOwn(PERCENTILES, statistic);

/** The statistic stands first: "Average > 80 %". */
export const OPERATORS = {
  GreaterThanThreshold: {
    sign: ">",
    label: "Greater than",
    words: "greater than",
    breaches: (value: number, threshold: number): boolean => value > threshold,
  },
  GreaterThanOrEqualToThreshold: {
    sign: ">=",
    label: "Greater than or equal to",
    words: "greater than or equal to",
    breaches: (value: number, threshold: number): boolean => value >= threshold,
  },
  LessThanThreshold: {
    sign: "<",
    label: "Less than",
    words: "less than",
    breaches: (value: number, threshold: number): boolean => value < threshold,
  },
  LessThanOrEqualToThreshold: {
    sign: "<=",
    label: "Less than or equal to",
    words: "less than or equal to",
    breaches: (value: number, threshold: number): boolean => value <= threshold,
  },
} as const;
export type Operator = keyof typeof OPERATORS;

export const MISSING_DATA = {
  missing: { label: "Treat as missing", help: "Without data the alarm is Insufficient data." },
  ignore: { label: "Ignore", help: "Without data the alarm keeps its state." },
  breaching: { label: "Treat as breaching", help: "Missing data counts as beyond the threshold." },
  notBreaching: { label: "Treat as not breaching", help: "Missing data counts as within the threshold." },
} as const;
export type MissingData = keyof typeof MISSING_DATA;

export const ALARM_STATES = { OK: "OK", ALARM: "In alarm", INSUFFICIENT_DATA: "Insufficient data" } as const;
export type AlarmState = keyof typeof ALARM_STATES;

/** By their seconds. Each but the first two is a whole number of minutes, as schedule.ts and backtest.ts rely on. */
export const PERIODS = {
  10: "10 seconds",
  30: "30 seconds",
  60: "1 minute",
  300: "5 minutes",
  900: "15 minutes",
  3600: "1 hour",
} as const;
export type PeriodSeconds = keyof typeof PERIODS;
// The keys of a constant object are exactly its own literal keys.
export const PERIOD_SECONDS = Object.keys(PERIODS).map(Number) as PeriodSeconds[];

export const ALARM_SEVERITIES = { critical: "Critical", warning: "Warning", info: "Info" } as const;
export type AlarmSeverity = keyof typeof ALARM_SEVERITIES;
