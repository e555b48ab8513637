import { expect, it } from "vitest";
import { averageShare } from "./services";

it("the average share of a service is its CPU time over the time since the server started", () => {
  expect(averageShare({ cpuSeconds: 36 }, { bootedAt: 1000, clock: 4600 })).toBe(0.01);
  expect(averageShare({ cpuSeconds: 7200 }, { bootedAt: 1000, clock: 4600 })).toBe(2);
  expect(averageShare({ cpuSeconds: null }, { bootedAt: 1000, clock: 4600 })).toBeNull();
  expect(averageShare({ cpuSeconds: 1 }, { bootedAt: 1000, clock: 1000 })).toBeNull();
});
