import { expect, it } from "vitest";
import { areaPath, domainOf, linePath, rounded, runsOf, stepOf } from "./threshold-scale";

it("an axis holds its values and the threshold, with room above, and begins at nothing unless something is below", () => {
  expect(domainOf([10, 20], 80, 100)).toEqual({ low: 0, high: 100 });
  expect(domainOf([10, null], 300, 100).high).toBeGreaterThan(300);
  expect(domainOf([3], 8000, null)).toEqual({ low: 0, high: 10_000 });
  expect(domainOf([-30, 200], 0, null)).toEqual({ low: -40, high: 400 });
  expect(domainOf([], Number.NaN, null)).toEqual({ low: 0, high: 1 });
});

it("a key moves a round hundredth of the axis, and what is dragged is as round", () => {
  expect(stepOf({ low: 0, high: 100 })).toBe(1);
  expect(stepOf({ low: 0, high: 10_000 })).toBe(100);
  expect(stepOf({ low: 0, high: 80 })).toBe(1);
  expect(stepOf({ low: -40, high: 400 })).toBe(5);
  expect(rounded(79.6, 1)).toBe(80);
  expect(rounded(0.30000000000000004, 0.1)).toBe(0.3);
});

it("a gap interrupts the line, and what is alone is a dot", () => {
  const runs = runsOf([0, 100, null, 50], { low: 0, high: 100 }, 300, 100);
  expect(linePath(runs)).toBe("M0 100L100 0M300 50h.1");
  expect(areaPath(runs, 100)).toBe("M0 100L0 100L100 0L100 100Z");
});

it("more values than pixels keep their extremes", () => {
  const values = Array.from({ length: 1000 }, (_, index) => (index === 501 ? 99 : 1));
  const ys = runsOf(values, { low: 0, high: 100 }, 100, 100).flatMap((run) => run.map(({ y }) => Math.round(y)));
  expect(Math.min(...ys)).toBe(1);
  expect(ys.length).toBeLessThan(250);
});
