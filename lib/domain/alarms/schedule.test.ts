import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PERIOD_SECONDS } from "./choices";
import { dueRounds, RHYTHMS, rhythmOf, roundOf, secondsToNext, SETTLE_SECONDS } from "./schedule";

const NOON = 1_795_003_200;

describe("rounds", () => {
  it("are each minute, and each ten seconds for shorter periods", () =>
    expect(PERIOD_SECONDS.map((period) => [period, rhythmOf(period)])).toEqual([
      [10, 10],
      [30, 10],
      [60, 60],
      [300, 60],
      [900, 60],
      [3600, 60],
    ]));
  it("are as long as a whole part of every period of theirs", () => {
    for (const period of PERIOD_SECONDS) expect(period % rhythmOf(period)).toBe(0);
  });
  it("stand on whole minutes and whole ten seconds", () => {
    expect([roundOf(NOON + 59.9, 300), roundOf(NOON + 59.9, 30), roundOf(NOON, 10)]).toEqual([NOON, NOON + 50, NOON]);
  });
  it("are due when the samples before them are there, once, and the newest only", () => {
    const done = { 10: NOON - 10, 60: NOON - 60 };
    expect(dueRounds(NOON + SETTLE_SECONDS - 0.1, done)).toEqual([]);
    expect(dueRounds(NOON + SETTLE_SECONDS, done)).toEqual([
      { rhythm: 10, at: NOON },
      { rhythm: 60, at: NOON },
    ]);
    expect(dueRounds(NOON + 15, { 10: NOON, 60: NOON })).toEqual([{ rhythm: 10, at: NOON + 10 }]);
    expect(dueRounds(NOON + 3605, done)).toEqual(RHYTHMS.map((rhythm) => ({ rhythm, at: NOON + 3600 })));
  });
  it("are waited for until one is due", () => {
    fc.assert(
      fc.property(fc.double({ min: NOON, max: NOON + 600, noNaN: true }), (now) => {
        const wait = secondsToNext(now);
        const done = { 10: 0, 60: Number.MAX_SAFE_INTEGER };
        const [newest] = dueRounds(now, done);
        done[10] = newest?.at ?? 0;
        expect(wait).toBeGreaterThan(0);
        expect(dueRounds(now + wait - 0.001, done)).toEqual([]);
        expect(dueRounds(now + wait + 0.001, done)).toHaveLength(1);
      }),
    );
  });
});
