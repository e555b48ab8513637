import { describe, expect, it } from "vitest";
import { intervalWords, isTooShort } from "./period";

describe("the period of an alarm", () => {
  it.each([
    ["cpu", 10, 10, false],
    ["cpu", 10, 20, true],
    ["cpu", 30, 20, false],
    ["heartbeatAge", 10, 30, true],
    ["cpu", 60, 60, false],
    // What is no sample is known whenever it changes.
    ["status", 10, 60, false],
    ["regionHeadroom", 10, 60, false],
  ] as const)("of %s, %d s, is too short for a sample every %d s: %s", (metric, periodSeconds, interval, short) =>
    expect(isTooShort({ metric, periodSeconds }, interval)).toBe(short),
  );

  it("is compared with an interval in words", () => {
    expect([10, 20, 60].map(intervalWords)).toEqual(["10 seconds", "20 seconds", "1 minute"]);
  });
});
