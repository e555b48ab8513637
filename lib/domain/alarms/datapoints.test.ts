import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PERCENTILES, STATISTICS, type Percentile, type PeriodSeconds, type Statistic } from "./choices";
import { datapoints, windowsOf } from "./datapoints";
import { ruleOf } from "./rule.sample";
import type { SampleSeries } from "./series";

const series = (values: (number | null)[], facts: Partial<SampleSeries> = {}): SampleSeries => ({
  start: 0,
  step: 10,
  values: Float64Array.from(values, (value) => value ?? Number.NaN),
  samples: 1,
  ...facts,
});
const of = (statistic: Statistic, values: (number | null)[], facts: Partial<SampleSeries> = {}) =>
  windowsOf(series(values, facts), { statistic, periodSeconds: 60 })(60);

describe("the windows", () => {
  it("end at the moment, follow one another, and are null without a sample", () => {
    const values = [0, 0, 0, 0, 0, 0.6, 1.2, null, null, null, null, null, ...Array<null>(6).fill(null), 0.5, 0.3];
    expect(datapoints(series(values), ruleOf(1, 2), 180)).toEqual([null, 0.1, 1.2, null]);
    // Ten seconds later each holds other samples.
    expect(datapoints(series(values), ruleOf(1, 1), 190)).toEqual([0.3, null, 0.5]);
    expect(datapoints(series(values), ruleOf(1, 1, { periodSeconds: 10 }), 200)).toEqual([null, 0.5, 0.3]);
  });
  it("take a sample of the moment itself for the next one", () => {
    const values = series([1, 2, 3, 4, 5, 6, 7]);
    expect(windowsOf(values, { statistic: "Maximum", periodSeconds: 60 })(60)).toBe(6);
  });
  it("have a coarser sample in the one in which it begins", () => {
    const coarse = series([1, 2, 3], { step: 60 });
    expect(datapoints(coarse, ruleOf(1, 1, { periodSeconds: 30 }), 90)).toEqual([1, null, 2]);
    expect(windowsOf(coarse, { statistic: "Maximum", periodSeconds: 300 })(130)).toBe(3);
  });
  it("may be longer than what is known", () => expect(datapoints(series([0.5]), ruleOf(1, 1), 60)).toEqual([null, null, 0.5]));
});

describe("the statistics", () => {
  const values = [4, 1, null, 3, 2, 10];
  it("are of the samples that are there", () => {
    const all = (["Average", "Minimum", "Maximum", "Sum", "SampleCount"] as const).map((statistic) => of(statistic, values));
    expect(all).toEqual([4, 1, 10, 20, 5]);
  });
  it("count the samples that a value of a coarser level stands for", () => {
    const minute = { step: 60, samples: 6 };
    expect([of("Sum", [5], minute), of("SampleCount", [5], minute), of("Average", [5], minute)]).toEqual([30, 6, 5]);
  });
  it("give equal samples as they are, so that one on the threshold is on it", () => {
    for (let step = 0; step <= 2000; step += 1) {
      const value = step / 2000;
      const windows = (["Average", "p50", "p99"] as const).map((statistic) => of(statistic, Array<number>(6).fill(value)));
      expect(windows).toEqual([value, value, value]);
    }
  });
  it("interpolate percentiles", () => {
    const six = [6, 1, 5, 2, 4, 3];
    expect([of("p50", six), of("p90", six), of("p95", six), of("p99", six)]).toEqual([3.5, 5.5, 5.75, 5.95]);
    expect(of("p99", [null, 7])).toBe(7);
  });
});

/** Percentile by its definition: sort, and go along the line. */
function percentile(window: readonly (number | null)[], id: Percentile): number | null {
  const sorted = window.filter((value) => value !== null).toSorted((a, b) => a - b);
  if (sorted.length === 0) return null;
  const rank = PERCENTILES[id] * (sorted.length - 1);
  const [below = 0, above = 0] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
  return below + (above - below) * (rank - Math.floor(rank));
}

describe("a window that slides", () => {
  const samples = fc.array(fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 20 })), { maxLength: 400 });
  it("has the same percentile as one that is sorted anew, forwards and backwards", () => {
    fc.assert(
      fc.property(
        samples,
        fc.constantFrom<Percentile>("p50", "p90", "p95", "p99"),
        fc.constantFrom<PeriodSeconds>(10, 60, 900, 3600),
        fc.array(fc.integer({ min: -10, max: 450 }), { maxLength: 30 }),
        fc.boolean(),
        (values, id, periodSeconds, moments, rising) => {
          const slide = windowsOf(series(values), { statistic: id, periodSeconds });
          for (const moment of rising ? moments.toSorted((a, b) => a - b) : moments) {
            const window = values.slice(Math.max(0, moment - periodSeconds / 10), Math.max(0, moment));
            const [found, expected] = [slide(moment * 10), percentile(window, id)];
            if (expected === null) expect(found).toBeNaN();
            else expect(found).toBeCloseTo(expected, 8);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
  it("is asked for every statistic alike", () => {
    // The keys of a constant object are exactly its own literal keys.
    for (const statistic of Object.keys(STATISTICS) as Statistic[])
      expect(windowsOf(series([1]), { statistic, periodSeconds: 60 })(600)).toBeNaN();
  });
});
