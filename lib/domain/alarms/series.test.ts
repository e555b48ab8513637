import { describe, expect, it } from "vitest";
import { LEVELS, pointsOf, type Level } from "../levels";
import { encodeValue, GAP, METRIC_IDS, METRICS, type MetricId } from "../metrics";
import { rollUp, writeChunk } from "../rollup";
import { ALARM_METRIC_IDS, ALARM_METRICS } from "./metrics";
import { factSeries, seriesOf, unpackSamples, type Stretch } from "./series";

const [TEN, MINUTE] = LEVELS;

const chunk = (start: number, values: Partial<Record<MetricId, (point: number) => number | null>>, level: Level = TEN) => ({
  start,
  data: writeChunk(
    METRIC_IDS.map((id) => {
      const average = Uint16Array.from({ length: pointsOf(level) }, (_, point) => encodeValue(id, values[id]?.(point) ?? null));
      return { average, least: average, most: average };
    }),
    level,
  ),
});
const stretch = (from: number, to: number, facts: Partial<Stretch> = {}): Stretch => ({
  from,
  to,
  intervalSeconds: 10,
  newest: null,
  ...facts,
});
const listed = (values: Float64Array) => [...values].map((value) => (Number.isNaN(value) ? null : value));

describe("a series of samples", () => {
  it("takes from each chunk what lies in the stretch, and leaves gaps where nothing was measured", () => {
    const samples = unpackSamples(
      [chunk(600, { cpu: (point) => (point < 2 ? 0.25 : null) }), chunk(0, { cpu: (point) => point / 100 })],
      TEN,
    );
    const series = seriesOf(samples, "cpu", "Average", stretch(575, 630));
    expect(series).toMatchObject({ start: 570, step: 10, samples: 1 });
    expect(listed(series.values)).toEqual([0.57, 0.58, 0.59, 0.25, 0.25, null]);
    expect(listed(seriesOf(samples, "cpu", "Average", stretch(2000, 2020)).values)).toEqual([null, null]);
  });

  it("has of coarser levels the least for a minimum, and the most for a maximum", () => {
    const data = rollUp([chunk(0, { cpu: (point) => (point % 6) / 10 })], TEN, MINUTE, 0) ?? new Uint8Array();
    const samples = unpackSamples([{ start: 0, data }], MINUTE);
    const first = (statistic: Parameters<typeof seriesOf>[2]) => seriesOf(samples, "cpu", statistic, stretch(0, 60)).values[0];
    expect([first("Minimum"), first("Average"), first("p95"), first("Maximum")]).toEqual([0, 0.25, 0.25, 0.5]);
    expect(seriesOf(samples, "cpu", "Sum", stretch(0, 60)).samples).toBe(6);
    expect(seriesOf(samples, "cpu", "Sum", stretch(0, 60, { intervalSeconds: 30 })).samples).toBe(2);
  });

  it("adds Rx and Tx where both were measured", () => {
    const samples = unpackSamples([chunk(0, { networkRx: () => 0, networkTx: (point) => (point > 0 ? 1000 : null) })], TEN);
    expect(listed(seriesOf(samples, "throughput", "Average", stretch(0, 20)).values)).toEqual([null, 1000]);
  });

  it("knows at each moment how old the newest sample was", () => {
    const samples = unpackSamples([chunk(0, { memory: (point) => (point === 1 || point === 4 ? 0.5 : null) })], TEN);
    const ages = (facts: Partial<Stretch>) => listed(seriesOf(samples, "heartbeatAge", "Maximum", stretch(0, 60, facts)).values);
    expect(ages({})).toEqual([null, 0, 10, 20, 0, 10]);
    expect(ages({ newest: -35 })).toEqual([35, 0, 10, 20, 0, 10]);
    // Nobody was there to take one from before it until the middle of it.
    expect(ages({ newest: -35, unwatched: [{ from: -30, to: -10 }, { from: 15, to: 25 }] })).toEqual([15, 0, 5, 10, 0, 10]); // prettier-ignore
    // It may be told as well what is in the samples.
    expect(ages({ newest: 41 })).toEqual([null, 0, 10, 20, 0, 10]);
    const silent = unpackSamples([], TEN);
    expect(listed(seriesOf(silent, "heartbeatAge", "Maximum", stretch(600, 620, { newest: 100 })).values)).toEqual([500, 510]);
  });

  it("throws on damaged bytes", () => expect(() => unpackSamples([{ start: 0, data: Uint8Array.from([0x80]) }], TEN)).toThrow(RangeError));
});

describe("a series of a fact", () => {
  it("is known from the first step in a span up to its end", () => {
    const spans = [
      { from: 15, to: 40, value: 1 },
      { from: 40, to: 60, value: 0 },
    ];
    expect(listed(factSeries(spans, { from: 0, to: 70, step: 10 }).values)).toEqual([null, null, 1, 1, 0, 0, null]);
    expect(listed(factSeries(spans, { from: 30, to: 50, step: 10 }).values)).toEqual([1, 0]);
  });
});

describe("the table of metrics", () => {
  it("has of each that is sampled its row in the table of what is measured", () => {
    for (const id of ALARM_METRIC_IDS) expect([id, ALARM_METRICS[id].source === "sample"]).toEqual([id, Object.hasOwn(METRICS, id)]);
  });
  it("can test all on the past whose history is kept, and says why not the others", () => {
    for (const id of ALARM_METRIC_IDS)
      if (ALARM_METRICS[id].noHistory === null) expect(ALARM_METRICS[id].scope).toBe("node");
      else expect([ALARM_METRICS[id].source, ALARM_METRICS[id].noHistory]).toEqual(["fact", expect.stringMatching(/^[A-Z].*\.$/)]);
  });
  it("reads every code", () => expect(GAP).toBeGreaterThan(encodeValue("networkRx", 1e15)));
});
