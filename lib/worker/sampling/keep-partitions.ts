import { db } from "../../db";
import { LEVELS } from "../../domain/levels";
import { log } from "../../log";
import { dropOldPartitions, ensurePartition } from "../../services/metrics/partitions";
import { readRegion } from "../../services/region";

const MS = 1000;
/** By how much the database's clock and a steady one may part between two looks. */
const APART_SECONDS = 300;

/**
 * Makes the tables that will be needed, and drops those that are past their time once two looks agree on how late it is: a server that
 * starts with a clock of next year, until its time is set, must not cost the history. `now` in seconds since 1970, `steadyMs` as
 * performance.now().
 */
export function partitionKeeper(now: () => number, steadyMs = (): number => performance.now()): () => Promise<void> {
  let before: number | null = null;
  return async () => {
    const [at, offset] = [now(), now() - steadyMs() / MS];
    for (const level of LEVELS) for (const moment of [at, at + level.partition]) await ensurePartition(level, moment);
    const agree = before !== null && Math.abs(offset - before) < APART_SECONDS;
    before = offset;
    if (!agree) return;
    const { settings } = await readRegion(db);
    const dropped = await dropOldPartitions(at, settings.retention);
    if (dropped.length > 0) log.info({ dropped }, "samples past their time were dropped");
  };
}
