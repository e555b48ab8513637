import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDistance, NO_DATA, niceNumber, positionOf, scaleOf, shadesOf, SHADES, shortValue, valueAt } from "./heatmap-scale";

const GIB = 2 ** 30;

it.each([
  ["count", 96, "nearest", 100],
  ["count", 70, "nearest", 50],
  ["count", 128, "up", 150],
  ["count", 200, "up", 200],
  ["bytes", 768 * GIB, "up", 800 * GIB],
  ["bytes", 384 * GIB, "nearest", 500 * GIB],
  ["disk", 15.36e12, "up", 20e12],
  ["count", 0, "up", 0],
] as const)("%s %d, %s: %d", (unit, value, round, nice) => expect(niceNumber(unit, value, round)).toBe(nice));

describe("scales", () => {
  it("of shares are whole, of capacities from nothing to a nice number", () => {
    expect(scaleOf("share", Float64Array.of(0.3))).toEqual({ min: 0, max: 1, log: false });
    expect(scaleOf("count", Float64Array.of(64, NaN, 128))).toEqual({ min: 0, max: 150, log: false });
    expect(scaleOf("bytes", new Float64Array())).toEqual({ min: 0, max: 1, log: false });
  });

  it("of throughput give each tenfold the same room", () => {
    const scale = scaleOf("rate", Float64Array.of(2.4e9, 3e6));
    expect(scale).toEqual({ min: 1e6, max: 1e10, log: true });
    expect([1e6, 1e7, 1e8, 1e9, 1e10].map((rate) => positionOf(rate, scale))).toEqual(
      [0, 0.25, 0.5, 0.75, 1].map((at) => expect.closeTo(at)),
    );
  });

  it("are read in both directions", () =>
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (position, log) => {
        const scale = { min: log ? 1e6 : 0, max: 1e10, log };
        expect(positionOf(valueAt(position, scale), scale)).toBeCloseTo(position);
      }),
    ));
});

it("gives a shade to every value, and another to none", () => {
  const shades = shadesOf(Float64Array.of(-1, 0, 0.5, 1, 7, NaN), { min: 0, max: 1, log: false });
  expect([...shades]).toEqual([0, 0, 32, SHADES - 1, SHADES - 1, NO_DATA]);
  expect([...shadesOf(Float64Array.of(0, 1e6, 1e8, 1e10), { min: 1e6, max: 1e10, log: true })]).toEqual([0, 0, 32, SHADES - 1]);
});

it("writes a value as short as a cell, in the unit of the scale", () => {
  expect([shortValue("share", 0.714, 1), shortValue("bytes", 512 * GIB, 1024 * GIB), shortValue("bytes", 512 * GIB, 1000 * GIB)]).toEqual([
    "71",
    "512",
    "512",
  ]);
  expect([shortValue("rate", 2.14e9, 1e10), shortValue("count", 128, 200), shortValue("disk", 15.36e12, 20e12)]).toEqual([
    "2.1",
    "128",
    "15",
  ]);
});

it("tells how far shares are apart in points", () => expect(formatDistance("share", 0.58)).toBe("58 points"));
