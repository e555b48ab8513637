import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compareNames,
  formatAge,
  formatBytes,
  formatDisk,
  formatDuration,
  formatRoundTrip,
  formatSpeed,
  roughDuration,
  suggestName,
} from "./units";

const S = 1000;
const MIN = 60 * S;
const H = 60 * MIN;
const D = 24 * H;

describe("quantities", () => {
  it.each([
    [0, "0 B"],
    [1023, "1023 B"],
    [512 * 2 ** 20, "512 MiB"],
    [7.75 * 2 ** 30, "7.8 GiB"],
    [64 * 2 ** 30, "64 GiB"],
    [1023.96 * 2 ** 30, "1 TiB"],
    [1.5 * 2 ** 40, "1.5 TiB"],
  ])("memory %d is %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it("counts disks in tens and links in bits", () => {
    expect([formatDisk(3_840_755_982_336), formatDisk(960e9), formatDisk(20e9)]).toEqual(["3.8 TB", "960 GB", "20 GB"]);
    expect([formatSpeed(100), formatSpeed(1000), formatSpeed(2500), formatSpeed(25_000), formatSpeed(400_000)]).toEqual([
      "100 Mb/s",
      "1 Gb/s",
      "2.5 Gb/s",
      "25 Gb/s",
      "400 Gb/s",
    ]);
  });

  it("never shows a whole next unit", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (bytes) => Number(formatBytes(bytes).split(" ")[0]) < 1024));
  });
});

describe("time", () => {
  it.each([
    [40 * S, "40 s"],
    [12 * MIN + 30 * S, "12 min"],
    [3 * H + 12 * MIN, "3 h 12 min"],
    [3 * H, "3 h"],
    [88 * D + 5 * H, "88 d"],
    [-5, "0 s"],
  ])("%d ms lasts %s", (ms, text) => expect(formatDuration(ms)).toBe(text));

  it.each([
    [59 * MIN, "59 min"],
    [3 * H + 59 * MIN, "3 h"],
    [D - S, "23 h"],
    [D, "1 d"],
    [-5, "0 s"],
  ])("%d ms last roughly %s", (ms, text) => expect(roughDuration(ms)).toBe(text));

  it.each([
    [400, "just now"],
    [-9000, "just now"],
    [3 * S, "3 s ago"],
    [4 * MIN, "4 min ago"],
    [3 * H + 40 * MIN, "3 h ago"],
    [2 * D, "2 d ago"],
  ])("%d ms ago is %s", (ms, text) => expect(formatAge(ms)).toBe(text));
});

describe("names", () => {
  it("are ordered as people count", () => {
    const names = ["compute-10", "compute-2", "Compute-1", "a", "compute-2a", "compute-002", "b10c2", "b10c11", "b9"];
    expect(names.toSorted(compareNames)).toEqual([
      "a",
      "b9",
      "b10c2",
      "b10c11",
      "Compute-1",
      "compute-002",
      "compute-2",
      "compute-2a",
      "compute-10",
    ]);
  });

  it("have one order, whichever is asked first", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "B", "b", "0", "1", "9", "-"), maxLength: 8 });
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        expect(Math.sign(compareNames(a, b))).toBe(-Math.sign(compareNames(b, a)) + 0);
        expect(compareNames(a, b) === 0).toBe(a === b);
        if (compareNames(a, b) < 0 && compareNames(b, c) < 0) expect(compareNames(a, c)).toBeLessThan(0);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["compute-west-07", [], "compute-west-07"],
    ["compute-west-01", ["compute-west-01", "compute-west-02"], "compute-west-03"],
    ["compute-west-01", ["Compute-West-01", "compute-west-09"], "compute-west-10"],
    ["node-99", ["node-99"], "node-100"],
    ["debian", ["debian"], "debian-2"],
    ["debian", ["debian", "debian-2", "debian-7"], "debian-8"],
  ])("%s with %j taken gives %s", (wanted, taken, expected) => expect(suggestName(wanted, taken)).toBe(expected));

  it("are free, legal and short enough, whatever is taken", () => {
    const name = fc.string({ unit: fc.constantFrom(..."abz019.-_"), minLength: 1, maxLength: 63 });
    fc.assert(
      fc.property(name, fc.array(name, { maxLength: 20 }), (wanted, others) => {
        const taken = [wanted, ...others];
        const suggested = suggestName(wanted, taken);
        expect(taken).not.toContain(suggested);
        expect(suggested).toMatch(/^[A-Za-z0-9._-]{1,63}$/);
      }),
    );
  });
});

it("writes a round trip as precisely as it is worth", () => {
  expect([0.2141, 1, 9.876, 12.4].map(formatRoundTrip)).toEqual(["0.21 ms", "1 ms", "9.88 ms", "12 ms"]);
});
