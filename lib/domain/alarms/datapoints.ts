/**
 * From samples to datapoints. A datapoint is a statistic of the samples in [end - period, end); the windows of an evaluation follow one
 * another without a gap, and the newest ends at the moment of the evaluation. Times are seconds since 1970.
 */
import { isPercentile, PERCENTILES, type Percentile, type Statistic } from "./choices";
import type { AlarmRule } from "./config";
import { rangeLength } from "./evaluate";
import type { SampleSeries } from "./series";

type Windowed = Pick<AlarmRule, "statistic" | "periodSeconds">;

/** The evaluation range of a rule at a moment, old to new; a window without a sample is null. */
export function datapoints(series: SampleSeries, rule: Windowed & Pick<AlarmRule, "evaluationPeriods">, at: number): (number | null)[] {
  const windows = rangeLength(rule);
  const statistic = windowsOf(series, rule);
  return Array.from({ length: windows }, (_, index) => {
    const value = statistic(at - (windows - 1 - index) * rule.periodSeconds);
    return Number.isNaN(value) ? null : value;
  });
}

/** From when on an evaluation at a moment needs samples. */
export const samplesFrom = (rule: Pick<AlarmRule, "evaluationPeriods" | "periodSeconds">, at: number): number =>
  at - rangeLength(rule) * rule.periodSeconds;

const DAY_SECONDS = 86_400;

/** Whether an evaluation needs more days of the minutes than are kept. */
export const looksBackFurther = (rule: Parameters<typeof samplesFrom>[0], minuteDays: number): boolean =>
  -samplesFrom(rule, 0) > minuteDays * DAY_SECONDS;

/** Gives the datapoint of the window that ends at a moment; NaN without a sample. Asked for rising moments it is quickest. */
export function windowsOf(series: SampleSeries, { statistic, periodSeconds }: Windowed): (end: number) => number {
  const { start, step, values } = series;
  const index = (at: number) => Math.min(values.length, Math.max(0, Math.ceil((at - start) / step)));
  const of = isPercentile(statistic) ? slidingPercentile(values, statistic) : plainStatistic(series, statistic);
  return (end) => of(index(end - periodSeconds), index(end));
}

type OfWindow = (first: number, end: number) => number;

/**
 * An average of equal values is not always that value in binary: six times 0.8 is 4.8, and a sixth of it less than 0.8. A datapoint that
 * is as great as the threshold must be so exactly, so what is beyond nine decimals goes. Large numbers have no such decimals.
 */
const DECIMALS = 1e9;
const MOST_EXACT = 1e6;
const tidy = (value: number): number => (Math.abs(value) < MOST_EXACT ? Math.round(value * DECIMALS) / DECIMALS : value);

/**
 * Windows are short, at most 360 samples, so they are added up anew each time: a running sum would drift. A Sum is the sum of the samples,
 * of a rate too: no amount of data, and it depends on how often the node is sampled.
 */
function plainStatistic({ values, samples }: SampleSeries, statistic: Exclude<Statistic, Percentile>): OfWindow {
  return (first, end) => {
    let [count, sum, least, most] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = first; at < end; at += 1) {
      const value = values[at] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      count += 1;
      sum += value;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    if (count === 0) return Number.NaN;
    switch (statistic) {
      case "Average":
        return tidy(sum / count);
      case "Minimum":
        return tidy(least);
      case "Maximum":
        return tidy(most);
      case "Sum":
        return tidy(sum * samples);
      case "SampleCount":
        return Math.round(count * samples);
    }
  };
}

/**
 * Percentiles between two samples are interpolated linearly: definition 7 of Hyndman and Fan, Sample Quantiles in Statistical Packages,
 * The American Statistician 50 (1996), which is also PostgreSQL's percentile_cont. CloudWatch does not publish its own. Keeps the window
 * sorted from one moment to the next.
 */
function slidingPercentile(values: Float64Array, percentile: Percentile): OfWindow {
  const share = PERCENTILES[percentile];
  let sorted = new Float64Array(64);
  let [count, from, to] = [0, 0, 0];

  /** Where a value stands, or would. */
  const place = (value: number): number => {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const put = (value: number): void => {
    if (Number.isNaN(value)) return;
    if (count === sorted.length) {
      const wider = new Float64Array(2 * count);
      wider.set(sorted);
      sorted = wider;
    }
    const at = place(value);
    sorted.copyWithin(at + 1, at, count);
    sorted[at] = value;
    count += 1;
  };
  const take = (value: number): void => {
    if (Number.isNaN(value)) return;
    const at = place(value);
    sorted.copyWithin(at, at + 1, count);
    count -= 1;
  };

  return (first, end) => {
    if (first < from) [count, from, to] = [0, first, first];
    for (; to < end; to += 1) put(values[to] ?? Number.NaN);
    for (; from < first; from += 1) take(values[from] ?? Number.NaN);
    while (to > end) take(values[(to -= 1)] ?? Number.NaN);
    if (count === 0) return Number.NaN;
    const rank = share * (count - 1);
    const [below, above] = [sorted[Math.floor(rank)] ?? Number.NaN, sorted[Math.ceil(rank)] ?? Number.NaN];
    return tidy(below + (above - below) * (rank - Math.floor(rank)));
  };
}
