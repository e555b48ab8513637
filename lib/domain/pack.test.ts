import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CODE_MAX, decodeValue, encodeValue, GAP, METRIC_IDS, METRICS } from "./metrics";
import { pack, unpack } from "./pack";

const code = fc.oneof(fc.integer({ min: 0, max: CODE_MAX }), fc.constant(GAP), fc.constant(7));

describe("packed series", () => {
  it("come back as they were, whatever they hold", () => {
    fc.assert(
      fc.property(fc.array(fc.array(code, { minLength: 60, maxLength: 60 }), { minLength: 1, maxLength: 14 }), (series) => {
        const codes = series.map((one) => Uint16Array.from(one));
        expect(unpack(pack(codes), codes.length, 60)).toEqual(codes);
      }),
    );
  });
  it("take two bytes for an hour of the same, and two for nothing", () => {
    expect(pack([new Uint16Array(360).fill(0)])).toHaveLength(3);
    expect(pack([new Uint16Array(60).fill(GAP)])).toHaveLength(2);
  });
  it("take one byte for a small step", () => expect(pack([Uint16Array.from([60, 30, 60, 1])])).toHaveLength(4));
  it("with series added since are gaps in the new ones", () =>
    expect(unpack(pack([Uint16Array.from([1, 2])]), 2, 2)).toEqual([Uint16Array.from([1, 2]), Uint16Array.from([GAP, GAP])]));
  it.each([[[0x80]], [[1, 9]], [[3]], [[0, 0]], [[255, 255, 255, 255, 255]]])("refuse damage: %j", (bytes) =>
    expect(() => unpack(Uint8Array.from(bytes), 1, 2)).toThrow("damaged"),
  );
});

describe("codes", () => {
  it("lose less than their steps", () => {
    fc.assert(
      fc.property(fc.constantFrom(...METRIC_IDS), fc.double({ min: 0, max: 1, noNaN: true }), (id, part) => {
        const top = { share: 1, load: 600, "bit/s": 4e11, "byte/s": 5e10, byte: 1e14, count: CODE_MAX }[METRICS[id].unit];
        const unbound = METRICS[id].unit === "share" ? part : part ** 6 * top;
        const value = METRICS[id].unit === "count" ? Math.floor(unbound) : unbound;
        const back = decodeValue(id, encodeValue(id, value)) ?? Number.NaN;
        const near = value * 0.0014;
        const allowed = { share: 0.00026, load: 0.0051, "bit/s": near + 2, "byte/s": near + 2, byte: near + 1500, count: 0 }[
          METRICS[id].unit
        ];
        expect(Math.abs(back - value)).toBeLessThanOrEqual(allowed);
      }),
    );
  });
  it("of nothing is a gap, of nonsense too", () =>
    expect([encodeValue("cpu", null), encodeValue("load", Number.NaN), decodeValue("cpu", GAP)]).toEqual([GAP, GAP, null]));
  it("of a count are exact, and of a memory that is used up nothing", () => {
    expect([0, 1, 300, CODE_MAX, 1e9].map((count) => decodeValue("linksDown", encodeValue("linksDown", count)))).toEqual([0, 1, 300, CODE_MAX, CODE_MAX]); // prettier-ignore
    expect(decodeValue("vmMemoryAvailable", encodeValue("vmMemoryAvailable", 0))).toBe(0);
  });
  it("stay inside of their bits", () => expect([encodeValue("load", 1e9), encodeValue("cpu", 7)]).toEqual([CODE_MAX, 2000]));
});
