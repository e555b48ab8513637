import { expect, it } from "vitest";
import { retryAfterMs, surveyAgainMs } from "./back-off";

it("a node that is lost is tried soon, then less and less often, and never in step with another", () => {
  expect([1, 2, 3, 4, 5, 99].map((failures) => retryAfterMs(failures, "timeout", 1))).toEqual([2000, 4000, 8000, 16_000, 20_000, 20_000]);
  expect([0, 0.5, 1].map((chance) => retryAfterMs(9, "timeout", chance))).toEqual([10_000, 15_000, 20_000]);
});

it("a host that refuses the key is left alone for a minute more", () => expect(retryAfterMs(1, "auth-refused", 0)).toBe(61_000));

it("a survey that failed is tried with the next that is due, then less and less often", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 99].map(surveyAgainMs);
  expect(waits[0]).toBeLessThan(60_000);
  expect(waits.slice(1, 5)).toEqual([110_000, 220_000, 440_000, 880_000]);
  expect(waits.slice(5)).toEqual([1_760_000, 1_800_000, 1_800_000]);
});
