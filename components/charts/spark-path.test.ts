import { expect, it } from "vitest";
import { sparkPath } from "./spark-path";

it("draws from left to right, the largest value at the top", () => expect(sparkPath([0, 50, 100], 100, 60, 20)).toBe("M0 20L30 10L60 0"));
it("cuts what lies outside of the scale", () => expect(sparkPath([-5, 400], 100, 60, 20)).toBe("M0 20L60 0"));
it("interrupts the line at a gap, and shows a lonely point", () =>
  expect(sparkPath([0, null, 100, null, 0, 0], 100, 50, 20)).toBe("M0 20h.1M20 0h.1M40 20L50 20"));
it("draws nothing of nothing", () => expect([sparkPath([], 1, 60, 20), sparkPath([null, null], 1, 60, 20)]).toEqual(["", ""]));
it("does not divide by a scale of nothing", () => expect(sparkPath([0, 0], 0, 60, 20)).toBe("M0 20L60 20"));
