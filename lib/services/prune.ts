import { db } from "../db";

/** Deletes what is of no use any more: spent tokens, old links, sessions that ended a month ago. Events and operations stay. */
export async function prune(): Promise<void> {
  await db.$transaction([
    db.$executeRaw`DELETE FROM rate_bucket WHERE updated_at < now() - interval '1 day'`,
    db.$executeRaw`DELETE FROM login_backoff WHERE updated_at < now() - interval '1 day'`,
    db.$executeRaw`DELETE FROM one_time_link WHERE expires_at < now() - interval '1 day'`,
    db.$executeRaw`DELETE FROM session WHERE expires_at < now() - interval '30 days'`,
  ]);
}
