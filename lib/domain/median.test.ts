import { describe, expect, it } from "vitest";
import { LEVELS, pointsOf } from "./levels";
import { decodeValue, encodeValue, GAP, METRIC_IDS, TREND_IDS } from "./metrics";
import { medianCode, Medians, ringMedians } from "./median";
import { readChunk, writeChunk } from "./rollup";
import { emptyRing, setMinute } from "./trends";

const [, MINUTE] = LEVELS;
const codes = (...values: number[]) => values.map((value) => encodeValue("cpu", value));

describe("the median", () => {
  it("is the value in the middle, or the mean of both", () => {
    expect(decodeValue("cpu", medianCode("cpu", codes(0.9, 0.1, 0.2)))).toBe(0.2);
    expect(decodeValue("cpu", medianCode("cpu", codes(0.9, 0.1, 0.2, 0.3)))).toBe(0.25);
    expect(medianCode("cpu", [])).toBe(GAP);
  });

  it("of rows is a row: point by point, of those that were measured, and of nothing else than the trends", () => {
    const medians = new Medians(MINUTE);
    expect(medians.row()).toBeNull();
    for (const value of [0.1, 0.5, 0.6])
      medians.add(
        writeChunk(
          METRIC_IDS.map((id) => {
            const points = Uint16Array.from({ length: pointsOf(MINUTE) }, (_, point) =>
              encodeValue(id, point === 1 && value > 0.2 ? null : value),
            );
            return { average: points, least: points, most: points };
          }),
          MINUTE,
        ),
      );
    const series = readChunk({ data: medians.row() ?? new Uint8Array() }, MINUTE);
    expect([...(series[0]?.average.slice(0, 3) ?? [])].map((code) => decodeValue("cpu", code))).toEqual([0.5, 0.1, 0.5]);
    expect(series.slice(TREND_IDS.length).every(({ average }) => average.every((code) => code === GAP))).toBe(true);
  });

  it("of the last hour is that of the rings that hold the minute", () => {
    const rings = [0.1, 0.3, 0.8].map((value, index) => {
      const ring = emptyRing();
      for (const minute of index === 0 ? [900, 1000] : [1000, 1001]) setMinute(ring, minute, codes(value, value));
      return ring;
    });
    const medians = ringMedians(rings, 1001);
    expect(medians).toHaveLength(60);
    expect(medians.slice(-2).map(({ minute, codes: [cpu = GAP, , rx] }) => [minute, decodeValue("cpu", cpu), rx])).toEqual([
      [1000, 0.3, GAP],
      [1001, 0.55, GAP],
    ]);
    expect(medians.slice(0, -2).every(({ codes: all }) => all.every((code) => code === GAP))).toBe(true);
  });
});
