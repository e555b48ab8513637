import type { Tx } from "../../db";

/** Waits for the round that is under way, and holds the next one back until the commit: an alarm never changes in mid-evaluation. */
export async function lockRounds(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM alarm_round ORDER BY seconds FOR UPDATE`;
}
