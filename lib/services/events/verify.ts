import { db } from "../../db";
import { done, type Outcome } from "../../outcome";

/** Recomputes the whole chain in PostgreSQL. `brokenAt` is the first event that is not what was written, or null. */
export async function verifyChain(): Promise<Outcome<{ count: number; brokenAt: string | null }>> {
  const [row] = await db.$queryRaw<
    { count: bigint; broken: bigint | null }[]
  >`SELECT (SELECT count(*) FROM event) AS count, event_chain_break() AS broken`;
  return done({ count: Number(row?.count ?? 0), brokenAt: row?.broken?.toString() ?? null });
}
