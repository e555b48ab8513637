/** The past of the demo region: its simulated servers tell what they would have measured, so that a first look is not at empty charts. */
import { setImmediate as turn } from "node:timers/promises";
import { Kept } from "../domain/kept";
import { beginOf, FINEST, LEVELS, pointsOf, type Level } from "../domain/levels";
import { encodeValue, METRIC_IDS, type Values } from "../domain/metrics";
import { writeChunk } from "../domain/rollup";
import { FLEET, type DemoNode } from "../demo/fleet";
import { quietSurveys } from "../demo/health";
import { usageOf } from "../demo/usage";
import { db } from "../db";
import { writeMedian } from "../services/metrics/median";
import { samplePool } from "../services/metrics/pool";
import { rollUpAgainFrom } from "../services/metrics/roll-up";
import { writeRows, writeSamples, type Row } from "../services/metrics/write";

const HOUR = 3600;
const DAY = 24 * HOUR;
const [, MINUTES, FIVE_MINUTES, HOURS] = LEVELS;

type Server = { id: string; server: DemoNode; until: number };

/** The joined ones, each with when it was last heard of. A server that is off was so since its status says so. */
async function sampledServers(now: number): Promise<Server[]> {
  const nodes = await db.node.findMany({ where: { joinedAt: { not: null }, status: { not: "Out" } }, select: { id: true, ip: true } });
  return nodes.flatMap(({ id, ip }) => {
    const server = FLEET.find((one) => one.ip === ip);
    return server ? [{ id, server, until: server.powered ? now : now - server.statusAgeSeconds }] : [];
  });
}

/** At any moment, seconds since 1970. */
function measuredBy(server: DemoNode): (at: number) => Values {
  const surveyed = quietSurveys(server);
  return (at) => ({ ...usageOf(server, at), ...surveyed(at) });
}

/** The last hour, and that which it began in, in every detail: a second of work at most. `now` in seconds since 1970. */
export async function fillHour(now: number): Promise<void> {
  const chunks: Row[] = [];
  const kept = (await sampledServers(now)).map(({ id, server, until }) => {
    const [node, valuesAt] = [new Kept(id), measuredBy(server)];
    for (let slot = beginOf(now - HOUR, MINUTES.chunk); slot <= until; slot += FINEST.step) {
      const finished = node.add(valuesAt(slot), slot, slot);
      if (finished) chunks.push(finished);
    }
    return node;
  });
  const rows = kept.map((node) => node.toRows());
  await writeSamples({ nows: rows.map(({ now }) => now), hours: rows.flatMap(({ hour }) => hour ?? []), chunks, news: [] });
}

/**
 * The day before that hour by the minute, and a week in steps of five minutes: two seconds of work, in pieces that let everything else
 * through. Once: where there is a past already, it stays. `now` in seconds since 1970.
 */
export async function fillPast(now: number, signal: AbortSignal): Promise<void> {
  const { rowCount } = await samplePool().query("SELECT 1 FROM metrics.sample_5m LIMIT 1");
  if (rowCount) return;
  // Each level begins where a chunk of the coarser one does, so that what is rolled up of it is whole.
  const today = beginOf(now - DAY, FIVE_MINUTES.chunk);
  const week = beginOf(now - 7 * DAY, FIVE_MINUTES.chunk);
  const hour = beginOf(now - HOUR, MINUTES.chunk);
  for (const server of await sampledServers(now)) {
    await fill(MINUTES, server, today, hour, signal);
    await fill(FIVE_MINUTES, server, week, today, signal);
  }
  for (let start = today; start < hour && !signal.aborted; start += MINUTES.chunk) await writeMedian(MINUTES, start);
  for (let start = week; start < today && !signal.aborted; start += FIVE_MINUTES.chunk) await writeMedian(FIVE_MINUTES, start);
  // The minutes are whole already; they are what is shown until the rest is made.
  await rollUpAgainFrom(today, FIVE_MINUTES);
  await rollUpAgainFrom(week, HOURS);
}

async function fill(level: Level, { id, server, until }: Server, from: number, to: number, signal: AbortSignal): Promise<void> {
  const [rows, valuesAt]: [Row[], (at: number) => Values] = [[], measuredBy(server)];
  for (let start = from; start < Math.min(to, until) && !signal.aborted; start += level.chunk) {
    await turn();
    const points = Array.from({ length: pointsOf(level) }, (_, point) => valuesAt(start + point * level.step));
    const series = METRIC_IDS.map((metric) => {
      const average = Uint16Array.from(points, (values) => encodeValue(metric, values[metric]));
      return { average, least: average, most: average };
    });
    rows.push({ id, start, data: writeChunk(series, level) });
  }
  if (rows.length > 0 && !signal.aborted) await writeRows(level, rows);
}
