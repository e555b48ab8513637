import { describe, expect, it } from "vitest";
import { roundTop, spread, timeTicks } from "./scale";

describe("the top of a chart", () => {
  it("is a round number whose half is round", () => {
    expect([0.3, 1, 1.1, 3, 5, 7, 9, 11, 130_000].map((value) => roundTop(value, 0.1))).toEqual([0.4, 1, 2, 4, 6, 8, 10, 20, 200_000]);
  });
  it("is never nothing", () => expect(roundTop(0, 1)).toBe(1));
});

describe("moments on the time axis", () => {
  const NOON = Date.UTC(2026, 10, 26, 12) / 1000;
  const utc = () => 0;
  it("are round, and not more than there is room for", () => {
    const { ticks, step } = timeTicks(NOON - 3600 - 7, NOON, 6, utc);
    expect([step, ticks.length, ticks[0]]).toEqual([900, 5, NOON - 3600]);
  });
  it("are round on the reader's clock", () => {
    const india = () => 5.5 * 3600;
    expect(timeTicks(NOON - 21_600, NOON, 6, india).ticks[0]).toBe(NOON - 21_600 + 1800);
  });
  it("stay at midnight when clocks change", () => {
    const change = Date.UTC(2026, 9, 25, 1) / 1000;
    const berlin = (at: number) => (at < change ? 7200 : 3600);
    const { ticks, step } = timeTicks(change - 3 * 86_400, change + 3 * 86_400, 7, berlin);
    expect(step).toBe(86_400);
    expect(ticks.map((at) => (at + berlin(at)) % 86_400)).toEqual([0, 0, 0, 0, 0, 0]);
  });
  it("stand nowhere twice when the clock leaves an hour out", () => {
    const change = Date.UTC(2026, 2, 29, 1) / 1000;
    const berlin = (at: number) => (at < change ? 3600 : 7200);
    const { ticks, step } = timeTicks(change - 3 * 3600, change + 3 * 3600, 7, berlin);
    expect(step).toBe(3600);
    expect(ticks).toEqual([...new Set(ticks)].toSorted((a, b) => a - b));
    expect(ticks.map((at) => ((at + berlin(at)) / 3600) % 24)).toEqual([23, 0, 1, 3, 4, 5, 6]);
  });
});

describe("labels", () => {
  it("that would overlap move apart and stay in sight", () => {
    expect(spread([10, 12, 50], 12, 100)).toEqual([10, 22, 50]);
    expect(spread([99, 100], 12, 100)).toEqual([88, 100]);
    expect(spread([50, 10], 12, 100)).toEqual([50, 10]);
  });
});
