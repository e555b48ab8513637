/** What is measured, in a real PostgreSQL: written once, packed, rolled up, and dropped when its time has come. */
import { randomUUID } from "node:crypto";
import pg from "pg";
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
import { SampleClock } from "./clock";
import { SampleStore } from "./store";

const [, MINUTE, FIVE, HOUR] = LEVELS;
/** The begin of a chunk of every level, so that a test knows what is complete. */
const START = beginOf(1_795_000_000, HOUR.chunk);
const DAY = 86_400;
const NOTHING = { nows: [], hours: [], chunks: [], news: [] };

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

  it("takes the place of a sample that lies in the future: the clock was set back", async () => {
    const { id } = await plantNode("Active");
    const now = Date.now() / 1000;
    await write([sampled(id, 0.75, now + 3600)]);
    await write([sampled(id, 0.1, now)]);
    expect((await readKept([id])).nows.map(({ last }) => decodeValue("cpu", codesOfBytes(last)[0] ?? 0))).toEqual([0.1]);
  });

  it("joins ten minutes that two workers had, and writes none of them twice", async () => {
    const id = randomUUID();
    const part = (from: number, to: number, cpu: number) => {
      const kept = new Kept(id);
      for (let slot = from; slot < to; slot += 10) kept.add({ ...NO_VALUES, cpu }, START + slot, START + slot);
      return { id, ...kept.open() };
    };
    await writeSamples({ ...NOTHING, chunks: [part(0, 600, 0.5)] });
    await writeSamples({ ...NOTHING, chunks: [part(0, 30, 0.25), part(20, 40, 0.75)] });
    const [codes = []] = await averages("sample_10s", FINEST, id);
    expect(codes).toEqual([0.25, 0.25, 0.75, 0.75, ...Array.from({ length: 56 }, () => 0.5)]);
  });

  it("writes the samples of a node that was let go and taken again", async () => {
    const { id } = await plantNode("Active");
    const store = new SampleStore(await SampleClock.ofDatabase());
    const add = (slot: number, cpu: number) => store.add(id, { values: { ...NO_VALUES, cpu }, bootId: null, slot: START + slot, at: START + slot }); // prettier-ignore
    add(0, 0.5);
    store.release(id);
    await store.adopt([id]);
    add(10, 0.75);
    await store.flush();
    expect((await readNewest([id])).get(id)?.codes[0]).toBe(encodeValue("cpu", 0.75));
    // Another worker had it while this one was held up.
    const other = new SampleStore(await SampleClock.ofDatabase());
    await other.adopt([id]);
    other.add(id, { values: { ...NO_VALUES, cpu: 0.25 }, bootId: null, slot: START + 20, at: START + 20 });
    await other.flush();
    await store.adopt([id]);
    add(30, 1);
    await store.flush();
    const { nows, hours } = await readKept([id]);
    const open = nows.map((now) => readChunk(Kept.from(now, hours[0]).open(), FINEST)[0]?.average.slice(0, 4));
    expect(open.map((codes) => [...(codes ?? [])].map((code) => decodeValue("cpu", code)))).toEqual([[null, 0.75, 0.25, 1]]);
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

  const until = async (level: string) =>
    (await samplePool().query<{ until: number }>("SELECT extract(epoch FROM until)::float8 AS until FROM metrics.sample_progress WHERE level = $1", [level])).rows[0]?.until; // prettier-ignore

  it("makes an hour anew when somebody asks for it while it is made", async () => {
    const id = randomUUID();
    const start = START + 6 * MINUTE.chunk;
    await writeSamples({ ...NOTHING, chunks: [rowOf(id, start, 0.5)] });
    // What it writes is held up, as behind a slow disk.
    const other = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await other.connect();
    await other.query("BEGIN; LOCK TABLE metrics.sample_1m IN SHARE MODE");
    const rolling = rollUpAll(start + MINUTE.chunk + 61);
    // What is seen of others stands still inside a transaction.
    const waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'INSERT INTO metrics.sample_1m%'";
    await expect.poll(async () => (await samplePool().query(waiting)).rowCount).toBe(1);
    await rollUpAgainFrom(START);
    await other.query("COMMIT");
    await other.end();
    await rolling;
    expect(await until("sample_1m")).toBe(START);
    await rollUpAll(start + MINUTE.chunk + 61);
    expect(await until("sample_1m")).toBe(start + MINUTE.chunk);
  });

  it("keeps on when the clock is set back, and when a row can not be read", async () => {
    const [good, bad] = [randomUUID(), randomUUID()];
    const start = START + 8 * MINUTE.chunk;
    await writeSamples({ ...NOTHING, chunks: [rowOf(good, start, 0.5), { id: bad, start, data: Uint8Array.of(200) }, rowOf(bad, start + FINEST.chunk, 1)] }); // prettier-ignore
    await rollUpAll(start + 40 * MINUTE.chunk);
    for (const _ of [0, 1]) await rollUpAll(start + 60);
    await writeSamples({ ...NOTHING, chunks: [rowOf(good, start, 1)] });
    await rollUpAll(start + MINUTE.chunk + 61);
    expect(await until("sample_1m")).toBe(start + MINUTE.chunk);
    expect((await averages("sample_1m", MINUTE, good)).map(([first]) => first)).toEqual([1]);
    expect((await averages("sample_1m", MINUTE, bad)).map((minutes) => minutes.slice(9, 11))).toEqual([[null, 1]]);
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

  it("closes them however long no worker ran, before they are rolled up", async () => {
    const { id } = await plantNode("Active");
    const start = START + 30 * MINUTE.chunk;
    await write([sampled(id, 0.25, start + 30)]);
    await rollUpAll(start + 30 * DAY);
    expect((await averages("sample_10s", FINEST, id))[0]?.slice(2, 5)).toEqual([null, 0.25, null]);
    expect((await averages("sample_1m", MINUTE, id))[0]?.slice(0, 2)).toEqual([0.25, null]);
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
