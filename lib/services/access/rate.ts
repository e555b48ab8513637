import { db } from "../../db";

/**
 * Takes one token from a bucket in PostgreSQL, shared by every web process.
 * `capacity` tokens at most, refilled evenly over `perSeconds`. Returns whether there was one.
 */
export async function takeToken(key: string, capacity: number, perSeconds: number): Promise<boolean> {
  const rows = await db.$queryRaw<{ tokens: number }[]>`
    INSERT INTO rate_bucket AS b (key, tokens, updated_at) VALUES (${key}, ${capacity - 1}::float8, clock_timestamp())
    ON CONFLICT (key) DO UPDATE SET
      tokens = least(${capacity}::float8, b.tokens + extract(epoch FROM clock_timestamp() - b.updated_at)::float8 * ${capacity / perSeconds}::float8) - 1,
      updated_at = clock_timestamp()
    WHERE least(${capacity}::float8, b.tokens + extract(epoch FROM clock_timestamp() - b.updated_at)::float8 * ${capacity / perSeconds}::float8) >= 1
    RETURNING tokens`;
  return rows.length === 1;
}
