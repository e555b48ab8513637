/** How much of the past a shorter retention deletes: from which day to which, on which level. Times are the database's. */
import { LEVEL_PATHS } from "../../domain/kept-size";
import { LEVELS } from "../../domain/levels";
import { rowOf, type SettingPath } from "../../domain/settings-table";
import type { Tx } from "../../db";
import { SETTINGS_DANGERS } from "../../messages/region-settings";
import { droppable } from "../metrics/partitions";
import { IS_OVER } from "../prune";
import type { RegionRow } from "../region";
import type { Changes, Danger } from "./change";

type Past = { from: Date; to: Date; count: number | null };

export async function forgotten(tx: Tx, changes: Changes, { now }: RegionRow): Promise<Danger[]> {
  const dangers: Danger[] = [];
  for (const { path, before, after } of changes) {
    if (!path.startsWith("retention.") || typeof after !== "number" || typeof before !== "number" || after >= before) continue;
    const past = await pastOf(tx, path, after, now);
    if (past)
      dangers.push({
        id: `${path} ${past.from.toISOString().slice(0, 10)} ${past.to.toISOString().slice(0, 10)}`,
        sentence: SETTINGS_DANGERS.forgotten(rowOf(path).label, past.from, past.to, past.count),
      });
  }
  return dangers;
}

const MS = 1000;
const DAY_MS = 86_400 * MS;

function pastOf(tx: Tx, path: SettingPath, days: number, now: Date): Promise<Past | null> {
  const level = LEVELS[LEVEL_PATHS.findIndex((known) => known === path)];
  if (level) return droppedSamples(level, days, now);
  const before = new Date(now.getTime() - days * DAY_MS);
  const rows = RECORDS[path]?.(tx, before);
  return rows ? counted(rows, before) : Promise.resolve(null);
}

/** Measurements go with their partition, when all of it is past its time. */
async function droppedSamples(level: (typeof LEVELS)[number], days: number, now: Date): Promise<Past | null> {
  const periods = (await droppable(level, now.getTime() / MS, days)).map(({ period }) => period);
  if (periods.length === 0) return null;
  const at = (period: number) => new Date(period * level.partition * MS);
  return { from: at(Math.min(...periods)), to: at(Math.max(...periods) + 1), count: null };
}

type Counted = { from: Date | null; count: number }[];

async function counted(rows: Promise<Counted>, to: Date): Promise<Past | null> {
  const [found] = await rows;
  return found?.from ? { from: found.from, to, count: found.count } : null;
}

/** As prune.ts deletes them. */
const RECORDS: Partial<Record<SettingPath, (tx: Tx, before: Date) => Promise<Counted>>> = {
  "retention.operationDays": (tx, before) =>
    tx.$queryRaw`SELECT min(finished_at) AS "from", count(*)::int AS count FROM operation WHERE finished_at < ${before} AND parent_id IS NULL`,
  "retention.alarmDays": (tx, before) =>
    tx.$queryRaw`SELECT min(t.at) AS "from", count(*)::int AS count FROM alarm_transition t WHERE t.at < ${before} AND ${IS_OVER}`,
  "retention.deliveryDays": (tx, before) =>
    tx.$queryRaw`SELECT min(ended_at) AS "from", count(*)::int AS count FROM delivery WHERE ended_at < ${before}`,
  "retention.inspectionResultDays": (tx, before) =>
    tx.$queryRaw`SELECT min(finished_at) AS "from", count(*)::int AS count FROM operation
                 WHERE finished_at < ${before} AND result IS NOT NULL AND kind IN ('inspect', 'reinspect', 'join', 'accept', 'unfence')`,
};
