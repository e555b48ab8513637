import { RegionSettings } from "../domain/settings";
import type { Tx } from "../db";

/** `now` is the database's clock: the only one that deadlines and timers are measured by. */
export type RegionRow = { name: string; settings: RegionSettings; now: Date };

type RawRegion = { name: string; settings: unknown; now: Date };

/**
 * Locks the region's row until the transaction ends. Every change of a node's status takes it first: rules about the whole
 * ("one node stays Active") hold only when decisions are made one at a time, which compare-and-set per node can not give.
 */
export const lockRegion = (tx: Tx): Promise<RegionRow> =>
  // The clock is read after the wait for the row: in the statement that locks, it would tell the time before it.
  regionOf(tx.$queryRaw`
    WITH locked AS (SELECT name, settings FROM region WHERE id = 1 FOR UPDATE)
    SELECT name, settings, clock_timestamp() AS now FROM locked`);

export const readRegion = (tx: Tx): Promise<RegionRow> =>
  regionOf(tx.$queryRaw`SELECT name, settings, clock_timestamp() AS now FROM region WHERE id = 1`);

async function regionOf(read: Promise<RawRegion[]>): Promise<RegionRow> {
  const [row] = await read;
  if (!row) throw new Error("The region's row is missing; the migrations have not run.");
  return { ...row, settings: RegionSettings.parse(row.settings) };
}
