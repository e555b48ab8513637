import { db } from "../../db";
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
export async function backoffFor(ip: string): Promise<Backoff> {
  const [row] = await db.$queryRaw<{ failures: number; wait: number }[]>`
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

export async function noteRefused(ip: string): Promise<void> {
  const { failures } = await backoffFor(ip);
  const pause = PAUSE_S[Math.min(failures + 1, PAUSE_S.length - 1)] ?? 0;
  await db.$executeRaw`
    INSERT INTO login_backoff (ip, failures, not_before, updated_at) VALUES (${ip}, ${failures + 1}, clock_timestamp() + ${pause} * interval '1 second', clock_timestamp())
    ON CONFLICT (ip) DO UPDATE SET failures = EXCLUDED.failures, not_before = EXCLUDED.not_before, updated_at = EXCLUDED.updated_at`;
}

export const noteAccepted = async (ip: string): Promise<void> => void (await db.loginBackoff.deleteMany({ where: { ip } }));
