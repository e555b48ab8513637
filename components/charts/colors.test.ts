import { expect, it } from "vitest";
import { contrast, cssOf, mix, parseRgb, ramp, wantsBlack, type Rgb } from "./colors";

const hex = (text: string): Rgb => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16)) as unknown as Rgb; // three of three
const RAMPS = {
  light: ["#fee838", "#bcaf6f", "#7d7c78", "#434e6c", "#00224e"],
  dark: ["#02141e", "#033c55", "#20688c", "#5f95b5", "#9ac5de"],
};

it("reads what the browser computes", () => {
  expect([parseRgb("rgb(2, 20, 30)"), parseRgb("rgba(0, 0, 0, 0.5)"), parseRgb("")]).toEqual([[2, 20, 30], [0, 0, 0], [0, 0, 0]]); // prettier-ignore
  expect(cssOf([2, 20, 30], 0.5)).toBe("rgb(2 20 30 / 0.5)");
});

it("goes through every stop", () => {
  const stops = RAMPS.dark.map(hex);
  const colors = ramp(stops, 65);
  expect([0, 16, 32, 48, 64].map((at) => colors[at])).toEqual(stops);
  expect(mix([100, 0, 0], [0, 0, 100], 0.25)).toEqual([25, 0, 75]);
});

it.each(Object.entries(RAMPS))("writes on every colour of the %s ramp so that it can be read", (_theme, stops) => {
  for (const color of ramp(stops.map(hex), 64))
    expect(contrast(color, wantsBlack(color) ? [0, 0, 0] : [255, 255, 255])).toBeGreaterThan(4.5);
});

it.each(Object.entries(RAMPS))("the %s ramp goes one way only", (_theme, stops) => {
  const page: Rgb = [0, 0, 0];
  const steps = ramp(stops.map(hex), 64).map((color) => contrast(color, page));
  const rising = (steps[0] ?? 0) < (steps.at(-1) ?? 0);
  expect(steps).toEqual(steps.toSorted((a, b) => (rising ? a - b : b - a)));
});
