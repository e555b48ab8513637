import { db } from "../../db";
import type { Isolation } from "../../domain/fencing";

/** Of how many nodes so many do not answer, while that is the console's own trouble; null otherwise. */
export async function readIsolation(): Promise<Isolation | null> {
  const watch = await db.regionWatch.findUnique({ where: { id: 1 } });
  const { silent = null, total = null } = watch ?? {};
  return silent === null || total === null ? null : { silent, total };
}
