/**
 * What was measured over time: of a node, and the median of the region beside it. Two round trips
 * each, and 4 ms for an hour, 9 ms for a week of a node among 1,000.
 */
import { db } from "../../db";
import { Bins, piecesOf, stepOf, type Extents, type History } from "../../domain/history";
import { Kept } from "../../domain/kept";
import { beginOf, FINEST, LEVELS, type Level } from "../../domain/levels";
import { REGION_ID, ringMedians } from "../../domain/median";
import { TREND_IDS, type TrendId } from "../../domain/metrics";
import type { Chunk } from "../../domain/rollup";
import { codesOfBytes } from "../../domain/sample-wire";
import { readRegion } from "../region";
import { samplePool } from "./pool";
import { readHours, readKept } from "./read";

const MINUTE = 60;

/** Of a node between two moments (seconds since 1970), in at most so many points, as fine as they allow and as it is kept. */
export async function nodeHistory(nodeId: string, from: number, to: number, mostPoints: number): Promise<History> {
  const [extents, { settings }] = await Promise.all([extentsOf(nodeId), readRegion(db)]);
  const step = stepOf(from, to, mostPoints, extents, settings.sampling.intervalSeconds);
  return (await read(nodeId, from, to, step, extents)).history();
}

const EXTENTS = LEVELS.map(
  ({ table, chunk }) => `SELECT extract(epoch FROM (SELECT min(start) FROM metrics.${table} WHERE node_id = $1))::float8 AS earliest,
    extract(epoch FROM coalesce((SELECT until FROM metrics.sample_progress WHERE level = '${table}'),
                                (SELECT max(start) FROM metrics.${table} WHERE node_id = $1) + interval '${chunk} s'))::float8 AS until`,
).join(" UNION ALL ");

async function extentsOf(id: string): Promise<Extents> {
  const { rows } = await samplePool().query<Extents[number]>({ name: "history-extents", text: EXTENTS, values: [id] });
  return rows;
}

type Row = Chunk & { piece: number };

async function read(id: string, from: number, to: number, step: number, extents: Extents): Promise<Bins> {
  const start = beginOf(from, step);
  const bins = new Bins(start, step, Math.ceil((to - start) / step));
  const pieces = piecesOf(start, to, step, extents);
  const values: (string | number)[] = [id];
  const selects = pieces.map(({ level, from: begin, to: end }, piece) => {
    values.push(begin - level.chunk, end);
    return `SELECT ${piece} AS piece, extract(epoch FROM start)::float8 AS start, data FROM metrics.${level.table}
      WHERE node_id = $1 AND start > to_timestamp($${values.length - 1}) AND start < to_timestamp($${values.length})`;
  });
  const [{ rows }, { nows, hours }] = await Promise.all([samplePool().query<Row>(selects.join(" UNION ALL "), values), readKept([id])]);
  // The ten minutes that are under way replace their row: a node that fell silent in them may have come back.
  const last = pieces.findIndex(({ level }) => level === FINEST);
  const open = nows.map((now) => ({ piece: last, ...Kept.from(now, hours[0]).open() }));
  const once = new Map([...rows, ...open].map((row) => [`${row.piece} ${row.start}`, row]));
  for (const { piece, ...chunk } of once.values()) {
    const of = pieces[piece];
    if (of) bins.addChunk(chunk, of);
  }
  return bins;
}

export type Median = Record<TrendId, (number | null)[]>;

/**
 * The median of all nodes for the same points. It was made when the minutes were rolled up (lib/services/metrics/median.ts), so that
 * it costs what one node costs; the hour that is under way comes from the rings, half a kilobyte a node. Of less than a minute there
 * is none: each point has that of its minute.
 */
export async function regionMedian(start: number, step: number, count: number): Promise<Median> {
  const width = Math.max(step, MINUTE);
  const [extents, recent] = await Promise.all([extentsOf(REGION_ID), recentMedians()]);
  const bins = await read(REGION_ID, start, start + step * count, width, extents);
  const until = extents[LEVELS.findIndex((level: Level) => level.step === MINUTE)]?.until ?? 0;
  for (const { minute, codes } of recent)
    if (minute * MINUTE >= until) for (const [metric, code] of codes.entries()) bins.add(metric, minute * MINUTE, MINUTE, code);
  const at = (point: number) => Math.floor((start + point * step - bins.start) / width);
  const points = (id: TrendId) => {
    const { average } = bins.of(id);
    return Array.from({ length: count }, (_, point) => average[at(point)] ?? null);
  };
  return Object.fromEntries(TREND_IDS.map((id) => [id, points(id)])) as Median; // every id is there
}

const RECENT_MS = 10_000;
let recentRead: { at: number; medians: Promise<ReturnType<typeof ringMedians>> } | undefined;

/** Of 1,000 nodes half a megabyte and 60 ms, so all who look share one reading for as long as no newer sample is due. */
function recentMedians(): Promise<ReturnType<typeof ringMedians>> {
  if (recentRead && performance.now() - recentRead.at < RECENT_MS) return recentRead.medians;
  const medians = readHours().then((hours) => {
    const rings = hours.map(({ minute, ring }) => ({ minute, codes: codesOfBytes(ring) }));
    return ringMedians(
      rings,
      rings.reduce((newest, { minute }) => Math.max(newest, minute), 0),
    );
  });
  recentRead = { at: performance.now(), medians };
  // What could not be read is read again by the next who asks.
  medians.catch(() => (recentRead = undefined));
  return medians;
}
