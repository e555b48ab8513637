/** What was measured over time, written as the sampler and the roll-up write it, and read across their borders. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginOf, FINEST, LEVELS, pointsOf } from "../../domain/levels";
import { encodeValue, METRIC_COUNT, METRIC_IDS, type MetricId } from "../../domain/metrics";
import { REGION_ID } from "../../domain/median";
import { pack } from "../../domain/pack";
import { writeChunk } from "../../domain/rollup";
import { bytesOfCodes, writeTail } from "../../domain/sample-wire";
import { emptyRing, setMinute } from "../../domain/trends";
import { db } from "../../db";
import { noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { nodeHistory, regionMedian } from "./history";
import { closeSamplePool, samplePool } from "./pool";
import { rollUpAll } from "./roll-up";
import { writeRows, writeSamples, type Row, type Samples } from "./write";

const [, MINUTE, FIVE] = LEVELS;
const HOUR = 3600;
/** So long ago that the rings, which hold the last hour of the database's clock, hold nothing of it. */
const START = beginOf(1_795_000_000, LEVELS[3].chunk);
const MOST = 720;
const NOTHING: Samples = { nows: [], hours: [], chunks: [], news: [] };

/** A value of a node at a moment; null where it was not sampled. */
type Told = (at: number, id: MetricId) => number | null;
const codesFrom = (start: number, told: Told) =>
  METRIC_IDS.map((id) =>
    Uint16Array.from({ length: pointsOf(FINEST) }, (_, point) => encodeValue(id, told(start + point * FINEST.step, id))),
  );
const rowsOf = (id: string, from: number, to: number, told: Told): Row[] =>
  Array.from({ length: (to - from) / FINEST.chunk }, (_, index) => {
    const start = from + index * FINEST.chunk;
    return {
      id,
      start,
      data: writeChunk(
        codesFrom(start, told).map((average) => ({ average, least: average, most: average })),
        FINEST,
      ),
    };
  });
/** What a worker has written of a node: the ten minutes from `chunkStart` on, and the hour of its sparklines. */
const keptOf = (id: string, chunkStart: number, told: Told, { minute, codes } = emptyRing()): Samples => ({
  ...NOTHING,
  nows: [{ id, sampledAt: chunkStart + 30, bootId: null, last: bytesOfCodes(new Uint16Array(METRIC_COUNT)), tail: writeTail([]) }],
  hours: [{ id, ringMinute: minute, ring: bytesOfCodes(codes), chunkStart, chunk: pack(codesFrom(chunkStart, told)) }],
});

describe.skipIf(noDatabase)(unlessSkipped("the history of what was measured"), { timeout: 30_000 }, () => {
  let drop: () => Promise<void>;
  beforeAll(async () => void ({ drop } = await ownDatabase()), 60_000);
  afterAll(async () => {
    await closeSamplePool();
    await drop?.();
  });

  it("has every sample of an hour, those of the open chunk and the gaps included", async () => {
    const { id } = await plantNode("Active");
    const told: Told = (at, metric) =>
      at - START >= 600 && at - START < 660 ? null : metric === "cpu" ? ((at - START) % 100) / 100 : null;
    const open = START + 5 * FINEST.chunk;
    await writeSamples({
      ...keptOf(id, open, (at, metric) => (at < open + 40 ? told(at, metric) : null)),
      chunks: rowsOf(id, START, open, told),
    });
    const { start, step, series } = await nodeHistory(id, START, START + HOUR, MOST);
    expect([start, step, series.cpu.average.length]).toEqual([START, 10, 360]);
    expect(series.cpu.average.slice(0, 3)).toEqual([0, 0.1, 0.2]);
    expect(series.cpu.average.slice(59, 67)).toEqual([0.9, null, null, null, null, null, null, 0.6]);
    expect(series.cpu.average.slice(300, 305)).toEqual([0, 0.1, 0.2, 0.3, null]);
    expect(series.memory.average.every((value) => value === null)).toBe(true);
    const wider = await nodeHistory(id, START, START + HOUR, 60);
    expect([wider.step, wider.series.cpu.average[0], wider.series.cpu.least[0], wider.series.cpu.most[0]]).toEqual([60, 0.25, 0, 0.5]);
    expect(wider.series.cpu.average[10]).toBeNull();
    const [inside] = (await nodeHistory(id, START + 15, START + 45, MOST)).series.cpu.average;
    expect(inside).toBe(0.1);
  });

  it("goes over the borders of the levels without a seam", async () => {
    const { id } = await plantNode("Active");
    // A value that tells its own time, so that a shifted or doubled piece would be seen.
    const told: Told = (at, metric) => (metric === "load" ? Math.floor((at - START) / 300) : null);
    const until = START + 8 * HOUR;
    const open = until + 2 * FINEST.chunk;
    await writeSamples({ ...keptOf(id, open, told), chunks: rowsOf(id, START, open, told) });
    await rollUpAll(until + 61);
    for (const [from, most, step] of [
      [START, 150, 300],
      [START, 16, 3600],
      [START + 5 * HOUR, 36, 600],
      [START, 600, 60],
    ] as const) {
      const { load } = (await nodeHistory(id, from, open + 600, most)).series;
      const expected = Array.from({ length: Math.ceil((open + 600 - from) / step) }, (_, point) => {
        const begin = from + point * step;
        const last = Math.min(begin + step, open + 600) - 10;
        return [Math.floor((begin - START) / 300), Math.floor((last - START) / 300)];
      });
      expect(load.least, `least at ${step} s`).toEqual(expected.map(([least]) => least));
      expect(load.most, `most at ${step} s`).toEqual(expected.map(([, most_]) => most_));
      expect(load.average, `average at ${step} s`).toEqual(expected.map(([least = 0, most_ = 0]) => (least + most_) / 2));
    }
    // The roll-up has not come to the last 20 minutes, and has made five minutes of the first six hours only.
    const { rows } = await samplePool().query("SELECT level FROM metrics.sample_progress WHERE until > to_timestamp($1) ORDER BY 1", [
      START,
    ]);
    expect(rows).toEqual([{ level: "sample_1m" }, { level: "sample_5m" }]);
  });

  it("is as fine as samples are taken, and as they are kept", async () => {
    const { id } = await plantNode("Active");
    const old = START + 30 * HOUR;
    await writeSamples({ ...NOTHING, chunks: rowsOf(id, old, old + HOUR, (at) => (at % 30 === 0 ? 0.5 : null)) });
    await db.region.update({ where: { id: 1 }, data: { settings: { sampling: { intervalSeconds: 30 } } } });
    const thirty = await nodeHistory(id, old, old + HOUR, MOST);
    await db.region.update({ where: { id: 1 }, data: { settings: {} } });
    expect([thirty.step, thirty.series.cpu.average.every((value) => value === 0.5)]).toEqual([30, true]);
    const gone = randomUUID();
    await writeRows(FIVE, [{ id: gone, start: START, data: writeChunk(codesFrom(START, () => 0.5).map(pad), FIVE) }]);
    expect((await nodeHistory(gone, START, START + HOUR, MOST)).step).toBe(300);
    const none = await nodeHistory(randomUUID(), START, START + HOUR, MOST);
    expect(none.series.cpu.average.filter((value) => value !== null)).toEqual([]);
  });

  it("has the region's median beside it, as the roll-up made it, and of the last hour from the rings", async () => {
    const base = START + 24 * HOUR;
    const ids = await Promise.all([0.1, 0.2, 0.9].map(async (cpu) => ({ ...(await plantNode("Active")), cpu })));
    const minute = Math.floor(Date.now() / 60_000);
    const hourOf = (cpu: number) => {
      const ring = emptyRing();
      for (let at = minute - 4; at <= minute; at += 1) setMinute(ring, at, [encodeValue("cpu", cpu)]);
      return ring;
    };
    for (const { id, cpu } of ids) await writeSamples(keptOf(id, minute * 60, () => null, hourOf(cpu)));
    const recent = await regionMedian((minute - 5) * 60, MINUTE.step, 6);
    expect(recent.cpu).toEqual([null, 0.2, 0.2, 0.2, 0.2, 0.2]);

    for (const { id, cpu } of ids)
      await writeSamples({
        ...NOTHING,
        chunks: rowsOf(id, base, base + 7 * HOUR, (at, metric) => (metric !== "cpu" ? null : at < base + HOUR ? cpu : cpu / 2)),
      });
    await rollUpAll(base + 6 * HOUR + 61);
    const hours = await regionMedian(base, HOUR, 7);
    expect(hours.cpu).toEqual([0.2, 0.1, 0.1, 0.1, 0.1, 0.1, null]);
    expect(hours.memory).toEqual(Array.from({ length: 7 }, () => null));
    const { rows } = await samplePool().query("SELECT 1 FROM metrics.sample_5m WHERE node_id = $1 AND start = to_timestamp($2)", [
      REGION_ID,
      base,
    ]);
    expect(rows).toHaveLength(1);
    const fine = await regionMedian(base + HOUR - 30, 10, 6);
    expect(fine.cpu).toEqual([0.2, 0.2, 0.2, 0.1, 0.1, 0.1]);
  });
});

/** Sixty points, of the same value each, as the 72 of a coarser row. */
const pad = (codes: Uint16Array) => {
  const average = new Uint16Array(pointsOf(FIVE)).fill(codes[0] ?? 0);
  return { average, least: average, most: average };
};
