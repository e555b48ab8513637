/** The last day of a region, read from its event log and from the rings that the worker writes. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginOf, LEVELS, pointsOf } from "../../domain/levels";
import { encodeValue, METRIC_COUNT, METRIC_IDS, TREND_IDS } from "../../domain/metrics";
import { PAST_STEP_SECONDS, PAST_STEPS, readPast, rowsAt } from "../../domain/past";
import { writeChunk } from "../../domain/rollup";
import { bytesOfCodes, writeTail } from "../../domain/sample-wire";
import type { NodeStatus } from "../../domain/status";
import { emptyRing, setMinute } from "../../domain/trends";
import { db } from "../../db";
import { noDatabase, ownDatabase, plantNode, unlessSkipped } from "../testing";
import { nodeRows } from "../nodes/read";
import { readPastDay } from "./past";
import { closeSamplePool, samplePool } from "./pool";
import { writeRows, writeSamples } from "./write";

const HOUR = 3600;

/** An event of so many seconds ago, in a transaction of its own, past the triggers that would give it the time of now. */
async function happened(nodeId: string, ago: number, about: { kind: string; from?: NodeStatus; to?: NodeStatus; details?: object }) {
  const { kind, from = null, to = null, details = {} } = about;
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.$executeRaw`
      INSERT INTO event (id, at, prev_hash, hash, kind, severity, message, node_id, from_status, to_status, actor_kind, actor_name, details)
      VALUES (${-ago}, now() - ${ago} * interval '1 second', '', '', ${kind}, 'info', 'A test', ${nodeId}::uuid, ${from}::node_status,
              ${to}::node_status, 'system', 'Test', ${JSON.stringify(details)}::jsonb)`;
  });
}

describe.skipIf(noDatabase)(unlessSkipped("the last day of the region"), { timeout: 30_000 }, () => {
  let drop: () => Promise<void>;
  beforeAll(async () => void ({ drop } = await ownDatabase()), 60_000);
  afterAll(async () => {
    await closeSamplePool();
    await drop?.();
  });

  it("shows each node with the name and status of then, whatever it is called and does now", async () => {
    const { id } = await plantNode("Fenced", { name: "compute-2" });
    await happened(id, 2 * HOUR, { kind: "node.status", from: "Active", to: "Failed" });
    await happened(id, HOUR, { kind: "node.renamed", details: { was: { name: "spare-1" }, is: { name: "compute-2" } } });
    await happened(id, HOUR - 1, {
      kind: "node.renamed",
      details: { was: { name: "compute-2" }, is: { name: "compute-2", description: "x" } },
    });
    await happened(id, HOUR / 2, { kind: "node.status", from: "Failed", to: "Fenced" });
    const past = readPast(await readPastDay(Date.now() / 1000));
    const rows = (await nodeRows()).filter((row) => row.id === id);
    const at = (hoursAgo: number) => {
      const [row] = rowsAt(rows, past, PAST_STEPS - 1 - (hoursAgo * HOUR) / PAST_STEP_SECONDS);
      return [row?.name, row?.status];
    };
    expect([at(3), at(1.5), at(0.75), at(0.25)]).toEqual([
      ["spare-1", "Active"],
      ["spare-1", "Failed"],
      ["compute-2", "Failed"],
      ["compute-2", "Fenced"],
    ]);
  });

  it("has what was measured, the average of each five minutes", async () => {
    const { id } = await plantNode("Active");
    const now = Math.floor(Date.now() / 1000);
    const step = beginOf(now, PAST_STEP_SECONDS) - PAST_STEP_SECONDS;
    const ring = emptyRing();
    for (let minute = 0; minute < 5; minute += 1)
      setMinute(
        ring,
        step / 60 + minute,
        TREND_IDS.map((trend) => encodeValue(trend, minute / 10)),
      );
    await writeSamples({
      nows: [{ id, sampledAt: now, bootId: null, last: bytesOfCodes(new Uint16Array(METRIC_COUNT)), tail: writeTail([]) }],
      hours: [{ id, ringMinute: ring.minute, ring: bytesOfCodes(ring.codes), chunkStart: beginOf(now, 600), chunk: new Uint8Array() }],
      chunks: [],
      news: [],
    });
    const rows = (await nodeRows()).filter((row) => row.id === id);
    const past = readPast(await readPastDay(now));
    expect(rowsAt(rows, past, PAST_STEPS - 1)[0]?.metrics?.cpu.last).toBeCloseTo(0.2, 2);
    expect(rowsAt(rows, past, PAST_STEPS - 2)[0]?.metrics).toBeNull();
  });

  it("leaves out what is damaged of one node, and shows all others", async () => {
    const [broken, whole] = [await plantNode("Active"), await plantNode("Active")];
    const now = Math.floor(Date.now() / 1000);
    const level = LEVELS[1];
    const start = beginOf(now, level.chunk) - level.chunk;
    const codes = new Uint16Array(pointsOf(level)).fill(encodeValue("cpu", 0.5));
    const data = writeChunk(
      METRIC_IDS.map(() => ({ average: codes, least: codes, most: codes })),
      level,
    );
    await writeRows(level, [
      { id: broken.id, start, data: data.slice(0, 3) },
      { id: whole.id, start, data },
    ]);
    await samplePool().query(
      "INSERT INTO metrics.sample_progress VALUES ('sample_1m', to_timestamp($1)) ON CONFLICT (level) DO UPDATE SET until = excluded.until",
      [start + level.chunk],
    );
    const { samples } = await readPastDay(now);
    const ids = samples.map(([id]) => id);
    expect([ids.includes(broken.id), ids.includes(whole.id)]).toEqual([false, true]);
  });

  it("ends with what has been: no moment of it is still to come", async () => {
    const now = Date.now() / 1000;
    const { from } = await readPastDay(now);
    expect(from + PAST_STEPS * PAST_STEP_SECONDS).toBeLessThanOrEqual(now);
  });

  it("counts what one transaction did as one change", async () => {
    const { id } = await plantNode("Failed");
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      for (const [place, from, to] of [
        [-9, null, "Candidate"],
        [-8, "Candidate", "Active"],
        [-7, "Active", "Failed"],
      ] as const)
        await tx.$executeRaw`
          INSERT INTO event (id, at, prev_hash, hash, kind, severity, message, node_id, from_status, to_status, actor_kind, actor_name)
          VALUES (${place}, clock_timestamp() - interval '3 hours', '', '', 'node.status', 'info', 'A test', ${id}::uuid, ${from}::node_status,
                  ${to}::node_status, 'system', 'Test')`;
    });
    const { changes } = await readPastDay(Date.now() / 1000);
    expect(changes.filter((change) => change.id === id)).toMatchObject([{ from: null, to: "Failed" }]);
  });
});
