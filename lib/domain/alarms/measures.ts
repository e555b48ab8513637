/** The units of what an alarm watches: how a threshold is typed and shown, and which values there can be. */
import { FINEST } from "../levels";
import { FORMATS } from "../metric-format";
import type { Metric } from "../metrics";
import { formatBytes, formatDuration } from "../units";
import type { Statistic } from "./choices";

export type AlarmUnit = Metric["unit"] | "s" | "flag";

type Measure = {
  /** What stands behind the field of the threshold. */
  suffix: string;
  /** A number as a person types it, in the unit of the suffix, as the value that is stored; and back, for the field. */
  stored: (typed: number) => number;
  typed: (stored: number) => number;
  show: (stored: number) => string;
  /** What one sample can be. */
  least: number;
  most: number;
};

const HUNDREDTHS = 100;
const MILLION = 1e6;
const GIB = 2 ** 30;
/** More than any host has; a threshold beyond it is a slip of the hand. */
const LARGEST = 1e15;

/** Without the tail that binary fractions leave: 0.57 is 57 and not 56.99999999999999. */
const plain = (value: number): number => Number(value.toPrecision(12));
const same = { stored: (typed: number): number => typed, typed: (stored: number): number => stored };
const number = (value: number): string => String(Number(value.toFixed(2)));
const per = (size: number): Pick<Measure, "stored" | "typed"> => ({
  stored: (typed) => typed * size,
  typed: (stored) => plain(stored / size),
});
/** To the second for an hour, because 90 s is more than a threshold of 60 s and both are a minute. */
const duration = (value: number): string => (value < 3600 ? `${number(value)} s` : formatDuration(value * 1000));
/** A minus of its own: formatBytes takes no negative number apart. */
const signed = (format: (value: number) => string) => (value: number) => (value < 0 ? `-${format(-value)}` : format(value));

export const MEASURES: Record<AlarmUnit, Measure> = {
  share: {
    suffix: "%",
    stored: (typed) => typed / HUNDREDTHS,
    typed: (stored) => plain(stored * HUNDREDTHS),
    // Finer than the list: 80.4 % is greater than 80 %, and must be seen to be.
    show: (stored) => `${number(stored * HUNDREDTHS)} %`,
    least: 0,
    most: 1,
  },
  "bit/s": { suffix: "Mb/s", ...per(MILLION), show: FORMATS["bit/s"], least: 0, most: LARGEST },
  "byte/s": { suffix: "MB/s", ...per(MILLION), show: FORMATS["byte/s"], least: 0, most: LARGEST },
  load: { suffix: "", ...same, show: FORMATS.load, least: 0, most: 655 },
  s: { suffix: "s", ...same, show: duration, least: 0, most: 366 * 86_400 },
  byte: { suffix: "GiB", ...per(GIB), show: signed(formatBytes), least: -LARGEST, most: LARGEST },
  count: { suffix: "", ...same, show: number, least: 0, most: 1e6 },
  flag: { suffix: "", ...same, show: number, least: 0, most: 1 },
};

/** Of a statistic over a metric of this unit: a count of samples has no unit. */
export const unitOf = (unit: AlarmUnit, statistic: Statistic): AlarmUnit => (statistic === "SampleCount" ? "count" : unit);

/** Which datapoints there can be, and so which thresholds make sense. A sum is one of samples: of a rate it is no amount. */
export function rangeOf(unit: AlarmUnit, statistic: Statistic, periodSeconds: number): { least: number; most: number } {
  const { least, most } = MEASURES[unit];
  const samples = periodSeconds / FINEST.step;
  if (statistic === "SampleCount") return { least: 0, most: samples };
  return statistic === "Sum" ? { least: least * samples, most: most * samples } : { least, most };
}
