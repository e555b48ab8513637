import { describe, expect, it } from "vitest";
import { Bins, piecesOf, stepOf, type Extents } from "./history";
import { FINEST, LEVELS, pointsOf, type Level } from "./levels";
import { encodeValue, GAP, METRIC_IDS, type MetricId } from "./metrics";
import { writeChunk } from "./rollup";

const [TEN, MINUTE, FIVE, HOUR] = LEVELS;
const H = 3600;
const DAY = 24 * H;
const NOW = 100 * DAY;
const MOST = 720;

const extent = (earliest: number | null, until: number | null = null) => ({ earliest, until });
/** Two days of samples, two weeks of minutes, two months, and always. */
const KEPT: Extents = [
  extent(NOW - 2 * DAY, NOW),
  extent(NOW - 14 * DAY, NOW - H),
  extent(NOW - 62 * DAY, NOW - 6 * H),
  extent(0, NOW - 2 * DAY),
];
const step = (from: number, to: number, most = MOST, kept = KEPT, interval = 10) => stepOf(from, to, most, kept, interval);

describe("the width of a point", () => {
  it("is the finest that gives no more points than are asked for", () => {
    expect([H, 6 * H, DAY, 7 * DAY, 60 * DAY, 90 * DAY].map((span) => step(NOW - span, NOW))).toEqual([10, 30, 120, 900, 7200, 14_400]);
    expect(step(NOW - 365 * DAY, NOW, 60)).toBe(691_200);
  });
  it("counts the point that a span begins in", () => expect(step(NOW - 7205, NOW - 5)).toBe(20));
  it("is not finer than what is kept from its begin on", () => {
    expect(step(NOW - 3 * DAY, NOW - 3 * DAY + H)).toBe(60);
    expect(step(NOW - 20 * DAY, NOW - 20 * DAY + H)).toBe(300);
    expect(step(NOW - 80 * DAY, NOW - 80 * DAY + H)).toBe(3600);
  });
  it("is the finest for a node that came only now, however long the span", () => {
    const young = [extent(NOW - 5 * H + 600), extent(NOW - 5 * H), extent(NOW - 6 * H), extent(null)];
    expect(step(NOW - 6 * H, NOW, MOST, young)).toBe(30);
    expect(step(NOW - H, NOW, MOST, [extent(null), extent(null), extent(null), extent(null)])).toBe(10);
  });
  it("is that of the minutes where older samples are not there", () => {
    const filled = [extent(NOW - H), extent(NOW - DAY), extent(NOW - 7 * DAY), extent(null)];
    expect(step(NOW - 6 * H, NOW, MOST, filled)).toBe(60);
  });
  it("is not finer than samples are taken", () => expect(step(NOW - H, NOW, MOST, KEPT, 60)).toBe(60));
});

describe("the pieces of a span", () => {
  const pieces = (span: number, width: number) =>
    piecesOf(NOW - span, NOW, width, KEPT).map(({ level, from, to }) => [level.step, NOW - from, NOW - to]);
  it("are of the coarsest level that fits as far as it is complete, and finer to the end", () => {
    expect(pieces(7 * DAY, 900)).toEqual([
      [300, 7 * DAY, 6 * H],
      [60, 6 * H, H],
      [10, H, 0],
    ]);
    expect(pieces(60 * DAY, 7200).map(([level]) => level)).toEqual([3600, 300, 60, 10]);
  });
  it("are samples alone where no coarser level fits", () => expect(pieces(H, 30)).toEqual([[10, H, 0]]));
});

const row = (level: Level, start: number, values: Partial<Record<MetricId, (point: number) => number | null>>) => ({
  start,
  data: writeChunk(
    METRIC_IDS.map((id) => {
      const average = Uint16Array.from({ length: pointsOf(level) }, (_, point) => encodeValue(id, values[id]?.(point) ?? null));
      return { average, least: average, most: average };
    }),
    level,
  ),
});

describe("points", () => {
  it("have average, least and most, and gaps stay gaps", () => {
    const bins = new Bins(0, 60, 3);
    bins.addChunk(row(TEN, 0, { cpu: (point) => (point < 6 ? point / 10 : point > 11 ? 0.5 : null) }), { level: TEN, from: 0, to: 180 });
    expect(bins.history().series.cpu).toEqual({ average: [0.25, null, 0.5], least: [0, null, 0.5], most: [0.5, null, 0.5] });
    expect(bins.of("load")).toEqual({ average: [null, null, null], least: [null, null, null], most: [null, null, null] });
  });
  it("weigh what comes from different levels by its time", () => {
    const bins = new Bins(0, 600, 1);
    bins.addChunk(row(FIVE, 0, { load: () => 4 }), { level: FIVE, from: 0, to: 300 });
    bins.addChunk(row(MINUTE, 0, { load: () => 8 }), { level: MINUTE, from: 300, to: 540 });
    bins.addChunk(row(TEN, 0, { load: () => 20 }), { level: TEN, from: 540, to: 600 });
    expect(bins.of("load")).toEqual({ average: [(4 * 300 + 8 * 240 + 20 * 60) / 600], least: [4], most: [20] });
  });
  it("take nothing from outside", () => {
    const bins = new Bins(7200, 3600, 1);
    bins.addChunk(row(HOUR, 0, { cpu: (point) => (point === 2 ? 0.5 : 1) }), { level: HOUR, from: 7200, to: 10_800 });
    bins.add(0, 10_800, 10, encodeValue("cpu", 1));
    bins.add(0, 7200, 10, GAP);
    expect(bins.of("cpu")).toEqual({ average: [0.5], least: [0.5], most: [0.5] });
  });
  it("have no more digits than were measured", () => {
    const bins = new Bins(0, FINEST.step, 1);
    const values = { cpu: () => 0.12345, networkRx: () => 123_456_789, load: () => 1.239 };
    bins.addChunk(row(TEN, 0, values), { level: TEN, from: 0, to: 10 });
    expect([bins.of("cpu").average[0], bins.of("load").average[0]]).toEqual([0.1235, 1.24]);
    expect(bins.of("networkRx").average[0]).toBe(123_500_000);
  });
});
