import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALARM_STATES, MISSING_DATA, OPERATORS, PERIOD_SECONDS, STATISTICS, type AlarmState } from "./choices";
import { backtest, type Episode } from "./backtest";
import type { AlarmRule } from "./config";
import { datapoints, samplesFrom } from "./datapoints";
import { evaluate } from "./evaluate";
import { ruleOf } from "./rule.sample";
import { rhythmOf } from "./schedule";
import type { SampleSeries } from "./series";

const series = (values: (number | null)[], facts: Partial<SampleSeries> = {}): SampleSeries => ({
  start: 0,
  step: 10,
  values: Float64Array.from(values, (value) => value ?? Number.NaN),
  samples: 1,
  ...facts,
});
/** Used CPU of 20 minutes, a value a minute. */
const minutes = (...values: (number | null)[]) => series(values.flatMap((value) => Array<number | null>(6).fill(value)));

describe("a rule on the past", () => {
  const quiet = [0.1, 0.1, 0.1, 0.1];
  const busy = minutes(...quiet, 0.9, 0.9, 0.9, 0.1, 0.1, ...quiet, 0.9, 0.9, 0.9, 0.9);
  it("has been in alarm from round to round", () => {
    expect(backtest(busy, ruleOf(2, 3), 240, 1020, "OK")).toEqual({
      from: 240,
      to: 1020,
      // Two of the last three minutes: at the end of minute 6, until two good ones are among them.
      episodes: [
        { from: 360, to: 540 },
        { from: 900, to: null },
      ],
      state: "ALARM",
    });
  });
  it("begins with the state that there was", () => {
    expect(backtest(busy, ruleOf(2, 3), 480, 600, "ALARM").episodes).toEqual([{ from: 480, to: 540 }]);
    expect(backtest(minutes(), ruleOf(1, 1, { treatMissingData: "ignore" }), 0, 600, "ALARM").episodes).toEqual([{ from: 0, to: null }]);
  });
  it("asks in the rounds after its begin, up to its end", () => {
    const always = minutes(...Array<number>(20).fill(0.9));
    expect(backtest(always, ruleOf(1, 1), 600, 660, "OK").episodes).toEqual([{ from: 660, to: null }]);
    expect(backtest(always, ruleOf(1, 1), 600, 659, "OK").episodes).toEqual([]);
    expect(backtest(always, ruleOf(1, 1, { periodSeconds: 10 }), 595, 600, "OK").episodes).toEqual([{ from: 600, to: null }]);
  });
  it("says from when on it needs samples", () => expect(samplesFrom(ruleOf(3, 5, { periodSeconds: 300 }), 86_400)).toBe(86_400 - 2100));
});

/** The same, each round from scratch with what production calls. */
function fromScratch(samples: SampleSeries, rule: AlarmRule, from: number, to: number, startState: AlarmState): Episode[] {
  const episodes: Episode[] = startState === "ALARM" ? [{ from, to: null }] : [];
  let state = startState;
  const rhythm = rhythmOf(rule.periodSeconds);
  for (let at = (Math.floor(from / rhythm) + 1) * rhythm; at <= to; at += rhythm) {
    const becomes = evaluate(datapoints(samples, rule, at), rule, state).state;
    const last = episodes.at(-1);
    if (becomes === "ALARM" && state !== "ALARM") episodes.push({ from: at, to: null });
    if (becomes !== "ALARM" && state === "ALARM" && last) last.to = at;
    state = becomes;
  }
  return episodes;
}

const keys = <Key extends string>(table: Record<Key, unknown>) => fc.constantFrom(...(Object.keys(table) as Key[])); // its own literal keys
const rules = fc.integer({ min: 1, max: 6 }).chain((n) =>
  fc.record<Partial<AlarmRule>>({
    statistic: keys(STATISTICS),
    operator: keys(OPERATORS),
    treatMissingData: keys(MISSING_DATA),
    periodSeconds: fc.constantFrom(...PERIOD_SECONDS),
    threshold: fc.constantFrom(0, 1, 2, 3, 12),
    evaluationPeriods: fc.constant(n),
    datapointsToAlarm: fc.integer({ min: 1, max: n }),
  }),
);
/** Runs of equal values with gaps between them, as a node that comes and goes has them. */
const runs = fc
  .array(fc.tuple(fc.constantFrom(null, 0, 1, 2, 3), fc.integer({ min: 1, max: 40 })), { maxLength: 40 })
  .map((parts) => parts.flatMap(([value, length]) => Array<number | null>(length).fill(value)));

describe("the test on the past", () => {
  it("is the evaluation of every round from scratch", () => {
    fc.assert(
      fc.property(
        rules,
        runs,
        keys(ALARM_STATES),
        fc.integer({ min: -100, max: 4000 }),
        fc.integer({ min: 0, max: 6000 }),
        fc.constantFrom({ step: 10, samples: 1 }, { step: 60, samples: 6 }),
        (facts, values, state, from, span, grid) => {
          const [samples, rule] = [series(values, grid), ruleOf(1, 1, facts)];
          expect(backtest(samples, rule, from, from + span, state).episodes).toEqual(fromScratch(samples, rule, from, from + span, state));
        },
      ),
      { numRuns: 500 },
    );
  });
});
