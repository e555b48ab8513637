import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fittedScaleOf,
  formatDistance,
  NO_DATA,
  niceNumber,
  positionOf,
  scaleOf,
  shadesOf,
  SHADES,
  shortValue,
  steadyScale,
  valueAt,
} from "./heatmap-scale";

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
  ["rate", 2.4e9, "down", 2e9],
  ["bytes", 768 * GIB, "down", 600 * GIB],
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

describe("fitted scales", () => {
  const share = (...values: number[]) => fittedScaleOf("share", Float64Array.from(values));
  it("go from about the least to about the largest", () => {
    expect(share(0.03, NaN, 0.24)).toEqual({ min: 0, max: expect.closeTo(0.25), log: false });
    expect(share(0.62, 0.71, 0.9)).toEqual({ min: expect.closeTo(0.6), max: expect.closeTo(0.9), log: false });
    expect(fittedScaleOf("count", Float64Array.of(64, 128))).toEqual({ min: 60, max: 135, log: false });
    expect(fittedScaleOf("rate", Float64Array.of(2.3e8, 2.1e9))).toEqual({ min: 2e8, max: 2.5e9, log: true });
  });

  it("do not blow up noise, and are the full one where nothing was measured", () => {
    expect(share(0.5, 0.501)).toEqual({ min: 0.5, max: expect.closeTo(0.6), log: false });
    expect(share(1)).toEqual({ min: expect.closeTo(0.9), max: 1, log: false });
    expect(share(0, 0)).toEqual({ min: 0, max: expect.closeTo(0.1), log: false });
    expect(share(NaN)).toEqual({ min: 0, max: 1, log: false });
    expect(fittedScaleOf("rate", Float64Array.of(0, 0))).toEqual({ min: 1e6, max: 1e7, log: true });
  });

  it("hold every value, and lie within the full scale where it ends", () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), fc.constantFrom(1, 512 * GIB), (parts, size) => {
        const unit = size === 1 ? "share" : "bytes";
        const values = Float64Array.from(parts, (part) => part * size);
        const { min, max } = fittedScaleOf(unit, values);
        const tolerance = 1e-6 * max;
        expect(min).toBeGreaterThanOrEqual(0);
        expect(min).toBeLessThanOrEqual(Math.min(...values) + tolerance);
        expect(max).toBeGreaterThanOrEqual(Math.max(...values) - tolerance);
        expect(max).toBeLessThanOrEqual(scaleOf(unit, values).max);
        expect(max).toBeGreaterThan(min);
      }),
    ));

  it("stay while the values fill half of them", () => {
    const before = { min: 0, max: 0.3, log: false };
    const steadied = (min: number, max: number) => steadyScale(before, { min, max, log: false });
    expect(steadied(0.05, 0.25)).toBe(before);
    expect(steadied(0.05, 0.15)).toEqual({ min: 0.05, max: 0.15, log: false });
    expect(steadied(0, 0.4)).toEqual({ min: 0, max: 0.4, log: false });
  });
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

it("writes a rate in its own unit where three digits and a letter have room", () => {
  const written = [0, 740, 4.5e6, 9.97e6, 67.2e6, 110e6, 996e6, 1e9, 1.14e9, 25e9].map((rate) => shortValue("rate", rate, 1e10, 5));
  expect(written).toEqual(["0", "740", "4.5M", "10M", "67M", "110M", "1.0G", "1G", "1.1G", "25G"]);
  expect(shortValue("rate", 4.5e6, 1e10, 4)).toBe("0.0");
});

it("tells how far shares are apart in points", () => expect(formatDistance("share", 0.58)).toBe("58 points"));
