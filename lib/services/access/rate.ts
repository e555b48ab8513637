import { db } from "../../db";
import { Prisma } from "../../generated/prisma/client";

/**
 * Takes one token from a bucket in PostgreSQL, shared by every web process.
 * `capacity` tokens at most, refilled evenly over `perSeconds`. Returns whether there was one. A clock that is set back, or that two
 * processors read in another order, takes no token away: time only ever fills the bucket.
 */
export async function takeToken(key: string, capacity: number, perSeconds: number): Promise<boolean> {
  const elapsed = Prisma.sql`greatest(0, extract(epoch FROM clock_timestamp() - b.updated_at))::float8`;
  const filled = Prisma.sql`least(${capacity}::float8, b.tokens + ${elapsed} * ${capacity / perSeconds}::float8)`;
  const rows = await db.$queryRaw<{ tokens: number }[]>`
    INSERT INTO rate_bucket AS b (key, tokens, updated_at) VALUES (${key}, ${capacity - 1}::float8, clock_timestamp())
    ON CONFLICT (key) DO UPDATE SET tokens = ${filled} - 1, updated_at = clock_timestamp()
    WHERE ${filled} >= 1
    RETURNING tokens`;
  return rows.length === 1;
}
