/** The last day of the whole region in steps of five minutes: from the level of that step, from minutes where it is not made yet, and from the rings. */
import { beginOf, LEVELS, pointsOf, type Level } from "../../domain/levels";
import { REGION_ID } from "../../domain/median";
import { decodeValue, encodeValue, GAP, TREND_IDS } from "../../domain/metrics";
import { pack, unpack } from "../../domain/pack";
import { PAST_STEP_SECONDS, PAST_STEPS, type PastDay } from "../../domain/past";
import { codesOfBytes } from "../../domain/sample-wire";
import { RING_MINUTES, trendPoints } from "../../domain/trends";
import { samplePool } from "./pool";
import { readHours } from "./read";
import { readable } from "./readable";

const MINUTE_SECONDS = 60;
const [, MINUTE, FIVE_MINUTES] = LEVELS;

/** Sums by step; of all trends of one node. */
class Bins {
  private sums = TREND_IDS.map(() => new Float64Array(PAST_STEPS));
  private counts = TREND_IDS.map(() => new Uint16Array(PAST_STEPS));

  constructor(private readonly from: number) {}

  add(trend: number, at: number, value: number | null): void {
    const step = Math.floor((at - this.from) / PAST_STEP_SECONDS);
    const [sums, counts] = [this.sums[trend], this.counts[trend]];
    if (value === null || step < 0 || step >= PAST_STEPS || !sums || !counts) return;
    sums[step] = (sums[step] ?? 0) + value;
    counts[step] = (counts[step] ?? 0) + 1;
  }

  toString(): string {
    const series = TREND_IDS.map((id, trend) =>
      Uint16Array.from({ length: PAST_STEPS }, (_, step) => {
        const count = this.counts[trend]?.[step] ?? 0;
        return count > 0 ? encodeValue(id, (this.sums[trend]?.[step] ?? 0) / count) : GAP;
      }),
    );
    return Buffer.from(pack(series)).toString("base64");
  }
}

/** `now` in seconds since 1970. Five queries, however many nodes. */
export async function readPastDay(now: number): Promise<PastDay> {
  // Steps that have ended: what is said of the end of one must have been so.
  const from = beginOf(now, PAST_STEP_SECONDS) - PAST_STEPS * PAST_STEP_SECONDS;
  const { rows: progress } = await samplePool().query<{ level: string; until: number }>(
    "SELECT level, extract(epoch FROM until)::float8 AS until FROM metrics.sample_progress",
  );
  const madeUntil = (level: Level): number => Math.max(from, progress.find((one) => one.level === level.table)?.until ?? from);
  const bins = new Map<string, Bins>();
  const binsOf = (id: string): Bins => {
    const known = bins.get(id) ?? new Bins(from);
    bins.set(id, known);
    return known;
  };
  const [coarse, fine] = [madeUntil(FIVE_MINUTES), Math.max(madeUntil(FIVE_MINUTES), madeUntil(MINUTE))];
  for (const [level, begin, end] of [
    [FIVE_MINUTES, from, coarse],
    [MINUTE, coarse, fine],
  ] as const) {
    for (const { id, start, data } of await chunksOf(level, begin, end)) {
      // Of each metric the average comes first; the trends are the first metrics.
      const codes = readable(id, () => unpack(data, TREND_IDS.length * level.statistics, pointsOf(level))) ?? [];
      for (const [trend, metric] of TREND_IDS.entries()) {
        for (const [point, code] of (codes[trend * level.statistics] ?? []).entries()) {
          const at = start + point * level.step;
          if (at >= begin && at < end) binsOf(id).add(trend, at, decodeValue(metric, code));
        }
      }
    }
  }
  for (const { id, minute, ring } of await readHours()) {
    const hour = { minute, codes: codesOfBytes(ring) };
    for (const [trend, metric] of TREND_IDS.entries()) {
      for (const [index, value] of trendPoints(hour, metric, minute).entries()) {
        const at = (minute - RING_MINUTES + 1 + index) * MINUTE_SECONDS;
        if (at >= fine) binsOf(id).add(trend, at, value);
      }
    }
  }
  return { from, samples: [...bins].map(([id, node]) => [id, node.toString()]), ...(await nodesSince(from)) };
}

async function chunksOf(level: Level, from: number, to: number): Promise<{ id: string; start: number; data: Buffer }[]> {
  if (to <= from) return [];
  const { rows } = await samplePool().query<{ id: string; start: number; data: Buffer }>(
    `SELECT node_id AS id, extract(epoch FROM start)::float8 AS start, data FROM metrics.${level.table}
     WHERE start >= to_timestamp($1) AND start < to_timestamp($2) AND node_id <> $3`,
    [beginOf(from, level.chunk), to, REGION_ID],
  );
  return rows;
}

/**
 * How the nodes are, and what happened to them since; what one transaction did to a node is one change. In one statement: what happens
 * between two of them would be in neither, or in both.
 */
async function nodesSince(from: number): Promise<Pick<PastDay, "nodes" | "changes" | "renames">> {
  const { rows } = await samplePool().query<Pick<PastDay, "nodes" | "changes" | "renames">>(
    `WITH happened AS (SELECT * FROM event WHERE at >= to_timestamp($1) AND node_id IS NOT NULL),
          changed AS (SELECT node_id, min(id) AS place, max(at) AS at, (array_agg(from_status ORDER BY id))[1] AS was,
                             (array_agg(to_status ORDER BY id DESC))[1] AS becomes
                      FROM happened WHERE from_status IS DISTINCT FROM to_status GROUP BY node_id, tx)
     SELECT (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name, 'status', status)), '[]') FROM node) AS nodes,
            (SELECT coalesce(json_agg(json_build_object('id', node_id, 'at', extract(epoch FROM at), 'from', was, 'to', becomes) ORDER BY place), '[]')
             FROM changed) AS changes,
            (SELECT coalesce(json_agg(json_build_object('id', node_id, 'at', extract(epoch FROM at), 'was', details #>> '{was,name}') ORDER BY id), '[]')
             FROM happened WHERE kind = 'node.renamed' AND details #>> '{was,name}' <> details #>> '{is,name}') AS renames`,
    [from],
  );
  return rows[0] ?? { nodes: [], changes: [], renames: [] };
}
