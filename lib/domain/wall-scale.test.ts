import { describe, expect, it } from "vitest";
import { DEFAULT_VIEWING, wallScale } from "./wall-scale";

describe("the sizes of a wall", () => {
  it("are those of a screen of 55 inches at 5 m, unless it says otherwise", () => {
    expect(wallScale(DEFAULT_VIEWING)).toEqual({ legend: 3.2, text: 4.7, name: 5.8, clock: 6.4, count: 9, cell: 6 });
  });

  it.each([
    [43, 6.0, 7.5, 8.2],
    [55, 4.7, 5.8, 6.4],
    [65, 4.0, 4.9, 5.4],
    [75, 3.4, 4.3, 4.7],
  ])("at 5 m on %i inches: %f, %f and %f vh", (inches, text, name, clock) => {
    const scale = wallScale({ distance: 5, inches });
    for (const [is, wanted] of [
      [scale.text, text],
      [scale.name, name],
      [scale.clock, clock],
    ] as const)
      expect(Math.abs(is - wanted)).toBeLessThanOrEqual(0.051);
  });

  it("grow with the distance", () => {
    const sizes = [3, 5, 7].map((distance) => wallScale({ distance, inches: 55 }).text);
    expect(sizes).toEqual([2.8, 4.7, 6.5]);
  });
});
