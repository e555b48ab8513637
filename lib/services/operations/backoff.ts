import { db, type Tx } from "../../db";
import { refuse, type Refusal } from "../../outcome";

/**
 * Pause after the n-th refused password of an address, seconds. OpenSSH 9.8 and newer drops every connection of a client for a while
 * after a few refusals, the right password too; these pauses keep below its default threshold.
 */
const PAUSE_S = [0, 0, 5, 15, 30, 60] as const;
/** An address that was quiet this long starts afresh. */
const FORGET_MS = 10 * 60_000;

export type Backoff = { failures: number; waitMs: number; refusal: Refusal };

/** How long the address must be left alone before the next password. */
export async function backoffFor(ip: string, tx: Tx = db): Promise<Backoff> {
  const [row] = await tx.$queryRaw<{ failures: number; wait: number }[]>`
    SELECT failures, greatest(0, extract(epoch FROM not_before - clock_timestamp()))::float8 AS wait
    FROM login_backoff WHERE ip = ${ip} AND updated_at > clock_timestamp() - ${FORGET_MS} * interval '1 millisecond'`;
  const { failures = 0, wait = 0 } = row ?? {};
  const seconds = Math.ceil(wait);
  const reason = `${ip} refused ${failures} passwords in a row. A server shuts a console out after a few more, so the next try is possible in ${seconds} s.`;
  return {
    failures,
    waitMs: wait * 1000,
    refusal: refuse("backing-off", reason, { hint: "Check SSH User and SSH Password on the server meanwhile.", field: "password" }),
  };
}

/** Counts in PostgreSQL: several refusals at once are several refusals. */
export async function noteRefused(ip: string): Promise<void> {
  const pauses = [...PAUSE_S];
  await db.$executeRaw`
    INSERT INTO login_backoff AS b (ip, failures, not_before, updated_at) VALUES (${ip}, 1, clock_timestamp(), clock_timestamp())
    ON CONFLICT (ip) DO UPDATE SET
      failures = CASE WHEN b.updated_at > clock_timestamp() - ${FORGET_MS} * interval '1 millisecond' THEN b.failures + 1 ELSE 1 END,
      not_before = clock_timestamp() + (${pauses}::int[])[CASE WHEN b.updated_at > clock_timestamp() - ${FORGET_MS} * interval '1 millisecond'
        THEN least(b.failures + 2, ${pauses.length}::int) ELSE 2 END] * interval '1 second',
      updated_at = clock_timestamp()`;
}

export const noteAccepted = async (ip: string): Promise<void> => void (await db.loginBackoff.deleteMany({ where: { ip } }));
