/** What is measured, in a real PostgreSQL: written once, packed, rolled up, and dropped when its time has come. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Kept } from "../../domain/kept";
import { beginOf, FINEST, LEVELS, pointsOf } from "../../domain/levels";
import { decodeValue, encodeValue, METRIC_COUNT, METRIC_IDS, NO_VALUES } from "../../domain/metrics";
import { readChunk, writeChunk } from "../../domain/rollup";
import { DEFAULT_SETTINGS } from "../../domain/settings";
import { bytesOfCodes, codesOfBytes, readHours as parseHours, writeHours } from "../../domain/sample-wire";
import { trendPoints } from "../../domain/trends";
import { MACHINE } from "../../messages/machine";
import { noDatabase, ownDatabase, plantNode, unlessSkipped } from "../../services/testing";
import { dropOldPartitions, ensurePartition } from "../../services/metrics/partitions";
import { closeSamplePool, samplePool } from "../../services/metrics/pool";
import { readHours, readKept, readNewest, readSilences } from "../../services/metrics/read";
import { rollUpAgainFrom, rollUpAll } from "../../services/metrics/roll-up";
import { writeRows, writeSamples, writeSilences, type Row } from "../../services/metrics/write";

const [, MINUTE, FIVE, HOUR] = LEVELS;
/** The begin of a chunk of every level, so that a test knows what is complete. */
const START = beginOf(1_795_000_000, HOUR.chunk);
const DAY = 86_400;

const rowOf = (id: string, start: number, cpu: number): Row => ({
  id,
  start,
  data: writeChunk(
    METRIC_IDS.map((metric) => {
      const average = new Uint16Array(pointsOf(FINEST)).fill(encodeValue(metric, metric === "cpu" ? cpu : null));
      return { average, least: average, most: average };
    }),
    FINEST,
  ),
});

describe.skipIf(noDatabase)(unlessSkipped("the store of samples"), () => {
  let drop: () => Promise<void>;
  beforeAll(async () => void ({ drop } = await ownDatabase()), 60_000);
  afterAll(async () => {
    await closeSamplePool();
    await drop?.();
  });

  const sampled = (id: string, cpu: number, at: number) => {
    const kept = new Kept(id);
    kept.add({ ...NO_VALUES, cpu }, at, at);
    return kept;
  };
  const write = async (kept: readonly Kept[]): Promise<number> => {
    const rows = kept.map((node) => node.toRows());
    const now = await writeSamples({
      nows: rows.map((row) => row.now),
      hours: rows.flatMap(({ hour }) => hour ?? []),
      chunks: [],
      news: [],
    });
    for (const { written } of rows) written();
    return now;
  };
  const count = async (table: string): Promise<number> =>
    Number((await samplePool().query<{ count: string }>(`SELECT count(*) FROM metrics.${table}`)).rows[0]?.count);
  const averages = async (table: string, level: (typeof LEVELS)[number], id: string) => {
    const { rows } = await samplePool().query<{ data: Buffer }>(`SELECT data FROM metrics.${table} WHERE node_id = $1 ORDER BY start`, [
      id,
    ]);
    return rows.map(({ data }) => [...(readChunk({ data }, level)[0]?.average ?? [])].map((code) => decodeValue("cpu", code)));
  };

  it("gives back what a worker goes on from", async () => {
    const { id } = await plantNode("Active");
    const kept = sampled(id, 0.5, START + 15);
    const now = await write([kept]);
    expect(Math.abs(now - Date.now() / 1000)).toBeLessThan(60);
    kept.add({ ...NO_VALUES, cpu: 0.7 }, START + 25, START + 25);
    await write([kept]);
    const { nows, hours } = await readKept([id, randomUUID()]);
    expect(nows.map(({ tail }) => tail.length)).toEqual([1 + 4 + 2 * METRIC_COUNT]);
    expect(nows.map((one) => Kept.from(one, hours[0]).open())).toEqual([kept.open()]);
    const [hour] = parseHours(writeHours((await readHours()).filter((one) => one.id === id)));
    expect(hour && trendPoints(hour.ring, "cpu", Math.floor((START + 15) / 60)).at(-1)).toBe(0.5);
    expect((await readNewest([id])).get(id)?.codes).toHaveLength(METRIC_COUNT);
  });

  it("never replaces a newer sample, and leaves out a node that is gone", async () => {
    const { id } = await plantNode("Active");
    await write([sampled(id, 0.75, START + 30), sampled(randomUUID(), 0.1, START)]);
    await write([sampled(id, 0.1, START + 20)]);
    expect((await readKept([id])).nows.map(({ last }) => decodeValue("cpu", codesOfBytes(last)[0] ?? 0))).toEqual([0.75]);
  });

  it("rolls up what is complete, once, whoever does it and however often", async () => {
    const id = randomUUID();
    const chunks = Array.from({ length: 6 }, (_, index) => rowOf(id, START + index * FINEST.chunk, index / 10));
    await writeSamples({ nows: [], hours: [], chunks, news: [] });
    await rollUpAll(START + MINUTE.chunk + 30);
    expect(await averages("sample_1m", MINUTE, id)).toEqual([]);
    await Promise.all([rollUpAll(START + MINUTE.chunk + 61), rollUpAll(START + MINUTE.chunk + 61)]);
    await rollUpAll(START + MINUTE.chunk + 61);
    const expected = Array.from({ length: 60 }, (_, minute) => Math.floor(minute / 10) / 10);
    expect(await averages("sample_1m", MINUTE, id)).toEqual([expected]);
    await rollUpAll(START + FIVE.chunk + 61);
    expect((await averages("sample_5m", FIVE, id))[0]?.slice(0, 4)).toEqual([0, 0, 0.1, 0.1]);
    // Samples that PostgreSQL could not take in time.
    await writeSamples({ nows: [], hours: [], chunks: [rowOf(id, START, 1)], news: [] });
    await rollUpAgainFrom(START);
    await rollUpAll(START + FIVE.chunk + 61);
    expect((await averages("sample_5m", FIVE, id))[0]?.slice(0, 4)).toEqual([1, 1, 0.1, 0.1]);
  });

  it("closes the ten minutes of a node that fell silent in them", async () => {
    const { id } = await plantNode("Active");
    const start = START + 20 * MINUTE.chunk;
    const kept = sampled(id, 0.25, start + 30);
    await write([kept]);
    kept.add({ ...NO_VALUES, cpu: 0.5 }, start + 40, start + 40);
    await write([kept]);
    await rollUpAll(start + FINEST.chunk + 61);
    expect((await averages("sample_10s", FINEST, id))[0]?.slice(2, 6)).toEqual([null, 0.25, 0.5, null]);
  });

  it("drops whole partitions when their time has come, and nothing else", async () => {
    const id = randomUUID();
    for (const day of [0, 1, 2, 3]) await writeRows(FINEST, [rowOf(id, START + day * DAY, 0.5)]);
    await ensurePartition(HOUR, START);
    const before = await count("sample_10s");
    const retention = { ...DEFAULT_SETTINGS.retention, sampleDays: 2 };
    const dropped = await dropOldPartitions(START + 3 * DAY + 60, retention);
    expect(dropped).toEqual([`sample_10s_p${START / DAY}`]);
    expect(await count("sample_10s")).toBeLessThan(before);
    expect((await averages("sample_10s", FINEST, id)).length).toBe(3);
    expect(await dropOldPartitions(START + 3 * DAY + 60, retention)).toEqual([]);
  });

  it("says why a node is not reached, since when it was first so, until it is again", async () => {
    const { id } = await plantNode("Active");
    await writeSilences(new Map([[id, MACHINE.connectionLost("10.0.0.1")]]));
    const first = (await readSilences([id])).get(id);
    await writeSilences(new Map([[id, MACHINE.refused("10.0.0.1", 22)]]));
    const second = (await readSilences([id])).get(id);
    expect([second?.since, second?.reason]).toEqual([first?.since, MACHINE.refused("10.0.0.1", 22).reason]);
    await writeSilences(new Map([[id, null]]));
    expect((await readSilences()).has(id)).toBe(false);
  });

  it("takes at most thirty bytes a sample, with everything around it", async () => {
    const table = "metrics.sample_10s_size";
    await samplePool().query(`CREATE TABLE ${table} (node_id uuid, start timestamptz(0), data bytea, PRIMARY KEY (node_id, start))`);
    const [nodes, hours] = [40, 6];
    for (let node = 0; node < nodes; node += 1) {
      const kept = new Kept(randomUUID());
      let noise = node + 1;
      const random = () => (noise = (noise * 16_807) % 2_147_483_647) / 2_147_483_647;
      for (let slot = START; slot <= START + hours * 3600; slot += 10) {
        const [cpu, rate] = [0.3 + 0.2 * random(), 1e8 * (0.5 + random())];
        const values = {
          cpu,
          memory: 0.6 + 0.01 * random(),
          networkRx: rate,
          networkTx: rate / 3,
          diskRead: rate / 50,
          diskWrite: rate / 30,
        };
        const free = { freeRoot: 0.8, freeLog: 0.5, freeData: 0.4, freeContainers: 0.6 };
        const broken = { linksDown: 0, disksFailing: 1, poolsDegraded: 0, servicesDown: 0, vmMemoryAvailable: 2e11 };
        const finished = kept.add(
          { ...NO_VALUES, ...values, ...free, ...broken, diskBusy: 0.1 * random(), load: 3 + random() },
          slot,
          slot,
        );
        if (finished)
          await samplePool().query(`INSERT INTO ${table} VALUES ($1, to_timestamp($2), $3)`, [
            finished.id,
            finished.start,
            Buffer.from(finished.data),
          ]);
      }
    }
    const { rows } = await samplePool().query<{ bytes: string }>(`SELECT pg_total_relation_size('${table}') AS bytes`);
    expect(Number(rows[0]?.bytes) / (nodes * hours * 360)).toBeLessThan(30);
  });

  it("keeps codes in the same order of bytes on every machine", () => expect([...bytesOfCodes(Uint16Array.from([258]))]).toEqual([2, 1]));
});
