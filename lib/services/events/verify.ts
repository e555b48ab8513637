import { db } from "../../db";
import { done, refuse, type Outcome } from "../../outcome";
import { takeToken } from "../access/rate";
import type { Call } from "../call";

export type ChainState = { count: number; brokenAt: string | null };

const CHECKS_PER_MINUTE = 6;

/** As verifyChain, for whoever asks on the page: it reads every event there is, and must not be asked for without end. */
export async function verifyEventLog(_input: unknown, { actor }: Call): Promise<Outcome<ChainState>> {
  if (await takeToken(`verify:${actor.id}`, CHECKS_PER_MINUTE, 60)) return verifyChain();
  return refuse("too-many", "You checked the log several times in the last minute.", { hint: "Try again in a minute." });
}

/** Recomputes the whole chain in PostgreSQL. `brokenAt` is the first event that is not what was written, or null. */
export async function verifyChain(): Promise<Outcome<ChainState>> {
  const [row] = await db.$queryRaw<
    { count: bigint; broken: bigint | null }[]
  >`SELECT (SELECT count(*) FROM event) AS count, event_chain_break() AS broken`;
  return done({ count: Number(row?.count ?? 0), brokenAt: row?.broken?.toString() ?? null });
}
