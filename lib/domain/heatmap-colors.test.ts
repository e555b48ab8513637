import { expect, it } from "vitest";
import { COLOR_IDS } from "./heatmap-choices";
import { COLORS, metricOf, spreadOf, statesOf, valuesOf } from "./heatmap-colors";
import { measured, sampleRow } from "./row-facts.sample";

const rows = [sampleRow({ metrics: measured(0.2, 1e9, 2e9) }), sampleRow(), sampleRow({ metrics: measured(0.7), status: "Failed" })];
const metric = (id: (typeof COLOR_IDS)[number]) => metricOf(id)!; // asked for metrics only

it("has exactly the words of the mission, and maintenance readiness", () => {
  expect(Object.values(COLORS).map(({ label }) => label)).toEqual([
    "Status",
    "Used Memory",
    "Memory",
    "Used CPU",
    "CPU",
    "Storage",
    "Throughput",
    "Maintenance readiness",
  ]);
  expect(Object.keys(COLORS)).toEqual([...COLOR_IDS]);
});

it("is either measured or one of several states", () => {
  for (const id of COLOR_IDS) expect(Boolean(metricOf(id))).toBe(!statesOf(id));
});

it("reads what was measured, and nothing where nothing was", () => {
  expect([...valuesOf(rows, metric("used-cpu"))]).toEqual([0.2, NaN, 0.7]);
  expect([...valuesOf(rows, metric("throughput"))]).toEqual([3e9, NaN, 0]);
});

it("finds the hottest, the coldest and the mean of what is shown", () => {
  const values = Float64Array.of(0.2, NaN, 0.7, 0.9);
  expect(spreadOf(values, [0, 1, 2])).toEqual({
    mean: expect.closeTo(0.45),
    hottest: { at: 2, value: 0.7 },
    coldest: { at: 0, value: 0.2 },
    count: 2,
  });
  expect(spreadOf(values, [1])).toBeNull();
  expect(spreadOf(values, [])).toBeNull();
});
