import { describe, expect, it } from "vitest";
import { beginOf, FINEST, LEVELS, pointsOf } from "./levels";
import { decodeValue, encodeValue, GAP, METRIC_IDS, type MetricId } from "./metrics";
import { pack } from "./pack";
import { joined, readChunk, rollUp, writeChunk } from "./rollup";
import { emptyRing, setMinute, trendPoints } from "./trends";

const [TEN, MINUTE, FIVE, HOUR] = LEVELS;

const chunk = (start: number, values: Partial<Record<MetricId, (point: number) => number | null>>) => ({
  start,
  data: writeChunk(
    METRIC_IDS.map((id) => {
      const average = Uint16Array.from({ length: pointsOf(TEN) }, (_, point) => encodeValue(id, values[id]?.(point) ?? null));
      return { average, least: average, most: average };
    }),
    TEN,
  ),
});

const decoded = (id: MetricId, codes: Uint16Array | undefined) => [...(codes ?? [])].map((code) => decodeValue(id, code));

describe("levels", () => {
  it("are made of whole chunks of the finer one", () => {
    for (const [index, level] of LEVELS.slice(1).entries()) {
      const finer = LEVELS[index];
      expect([level.chunk % (finer?.chunk ?? 0), level.step % (finer?.step ?? 0), level.partition % level.chunk]).toEqual([0, 0, 0]);
    }
  });
  it("begin where time does", () => expect(beginOf(7199, FINEST.chunk)).toBe(6600));
});

describe("rollUp", () => {
  it("keeps average, least and most of each minute", () => {
    const finer = [chunk(3600, { cpu: (point) => (point < 6 ? point / 10 : null) }), chunk(4200, { load: () => 3 })];
    const data = rollUp(finer, TEN, MINUTE, 3600);
    const series = readChunk({ data: data ?? new Uint8Array() }, MINUTE);
    const [cpu, load] = [series[METRIC_IDS.indexOf("cpu")], series[METRIC_IDS.indexOf("load")]];
    expect([cpu?.average, cpu?.least, cpu?.most].map((codes) => decoded("cpu", codes)[0])).toEqual([0.25, 0, 0.5]);
    expect(decoded("cpu", cpu?.average).slice(1)).toEqual(Array.from({ length: 59 }, () => null));
    expect(decoded("load", load?.average)).toEqual(Array.from({ length: 60 }, (_, minute) => (minute >= 10 && minute < 20 ? 3 : null)));
  });
  it("hands least and most on to the next level", () => {
    const minutes = rollUp([chunk(0, { cpu: (point) => (point === 7 ? 1 : 0) })], TEN, MINUTE, 0) ?? new Uint8Array();
    const [cpu] = readChunk({ data: rollUp([{ start: 0, data: minutes }], MINUTE, FIVE, 0) ?? new Uint8Array() }, FIVE);
    expect([decoded("cpu", cpu?.average)[0], decoded("cpu", cpu?.most)[0], decoded("cpu", cpu?.least)[0]]).toEqual([0.0335, 1, 0]);
  });
  it("makes nothing of nothing", () => expect(rollUp([chunk(0, {})], TEN, HOUR, 0)).toBeNull());
});

describe("rows of an older version, which knew fewer metrics", () => {
  /** The first twelve alone, as they were before what is broken was counted. */
  const OLD = METRIC_IDS.slice(0, 12);
  const old = (level: (typeof LEVELS)[number]): Uint8Array =>
    pack(
      OLD.flatMap((id) =>
        Array.from({ length: level.statistics }, () => new Uint16Array(pointsOf(level)).fill(encodeValue(id, id === "load" ? 2 : 0.5))),
      ),
    );

  it.each(LEVELS)("are read as they were, with gaps in what came since: $table", (level) => {
    const series = readChunk({ data: old(level) }, level);
    expect(series).toHaveLength(METRIC_IDS.length);
    for (const [index, { average, least, most }] of series.entries()) {
      const code = index >= OLD.length ? GAP : encodeValue(METRIC_IDS[index] ?? "cpu", METRIC_IDS[index] === "load" ? 2 : 0.5);
      for (const codes of [average, least, most]) expect(new Set(codes)).toEqual(new Set([code]));
    }
  });
  it("roll up together with rows that know more", () => {
    const data = rollUp(
      [{ start: 0, data: old(TEN) }, chunk(600, { cpu: () => 1, linksDown: (point) => (point === 3 ? 2 : 0) })],
      TEN,
      MINUTE,
      0,
    );
    const series = readChunk({ data: data ?? new Uint8Array() }, MINUTE);
    const of = (id: MetricId) => series[METRIC_IDS.indexOf(id)];
    expect(decoded("cpu", of("cpu")?.average).slice(9, 12)).toEqual([0.5, 1, 1]);
    expect(decoded("linksDown", of("linksDown")?.most).slice(9, 12)).toEqual([null, 2, 0]);
    expect(decoded("linksDown", of("linksDown")?.average).slice(9, 12)).toEqual([null, 0, 0]);
  });
});

describe("the ring of the last hour", () => {
  it("gives the newest minute last, and gaps for what was skipped", () => {
    const ring = emptyRing();
    setMinute(ring, 1000, [encodeValue("cpu", 0.5), GAP, GAP, GAP]);
    setMinute(ring, 1003, [encodeValue("cpu", 0.25), GAP, GAP, GAP]);
    expect(trendPoints(ring, "cpu", 1003).slice(-5)).toEqual([null, 0.5, null, null, 0.25]);
    expect(trendPoints(ring, "cpu", 1005).slice(-5)).toEqual([null, null, 0.25, null, null]);
  });
  it("forgets what is more than an hour old", () => {
    const ring = emptyRing();
    for (let minute = 0; minute < 60; minute += 1) setMinute(ring, 1000 + minute, [7, 7, 7, 7]);
    setMinute(ring, 1089, [9, 9, 9, 9]);
    expect(trendPoints(ring, "cpu", 1089).filter((point) => point !== null)).toHaveLength(31);
    setMinute(ring, 1000, [5, 5, 5, 5]);
    expect(trendPoints(ring, "cpu", 1200).every((point) => point === null)).toBe(true);
  });
});

describe("two rows of the same time", () => {
  const cpu = (data: Uint8Array) => decoded("cpu", readChunk({ data }, TEN)[METRIC_IDS.indexOf("cpu")]?.average).slice(0, 4);
  const one = chunk(0, { cpu: (point) => [0.1, null, 0.3, null][point] ?? null }).data;
  const two = chunk(0, { cpu: (point) => [0.5, 0.6, 0.7, null][point] ?? null }).data;

  it("are joined: the first one's values, and the second one's where it has gaps", () => {
    expect(cpu(joined(one, two))).toEqual([0.1, 0.6, 0.3, null]);
    expect(cpu(joined(two, one))).toEqual([0.5, 0.6, 0.7, null]);
  });
  it("are the first one alone when the second is damaged", () => expect(joined(one, Uint8Array.of(200))).toBe(one));
});
