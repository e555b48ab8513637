import { describe, expect, it } from "vitest";
import { absoluteTime, clockTime } from "./time-zone";

const MOMENT = new Date("2026-07-01T22:40:12Z");

describe("a moment that is written out", () => {
  it("names its zone", () => {
    expect(absoluteTime(MOMENT, "utc")).toBe("1 Jul 2026, 22:40:12 UTC");
    expect(clockTime(MOMENT, "utc")).toBe("22:40:12 UTC");
    expect(absoluteTime(MOMENT, "local")).toMatch(/^[12] Jul 2026, \d\d:\d\d:12 \S+/);
  });
});
