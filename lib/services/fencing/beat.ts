import { db } from "../../db";
import type { Isolation } from "../../domain/fencing";
import { isolatedSentence } from "../../domain/fencing";
import { SYSTEM } from "../actor";
import { record } from "../events/record";
import { tellAll } from "../notify/tell-all";
import { lockRegion } from "../region";

/** Between two looks at the region, whichever worker takes them. */
const LOOK_SECONDS = 1.5;
/** Nobody looked for so long: what happened meanwhile is not known. */
const GAP_SECONDS = 15;

/**
 * Says that the region is being watched. False: another worker has just said so, and looks. A beat in the future is of a clock that was
 * set back since: without it nobody would look until the clock is there again.
 */
export async function keepWatch(): Promise<boolean> {
  const count = await db.$executeRaw`
    UPDATE region_watch SET
      since = CASE WHEN beat_at BETWEEN clock_timestamp() - ${GAP_SECONDS} * interval '1 second' AND clock_timestamp() THEN since ELSE clock_timestamp() END,
      beat_at = clock_timestamp()
    WHERE id = 1 AND (beat_at < clock_timestamp() - ${LOOK_SECONDS} * interval '1 second' OR beat_at > clock_timestamp() + ${LOOK_SECONDS} * interval '1 second')`;
  return count === 1;
}

/** Counts samples in a row of those that were lost and answer again. A pause of a minute begins the count anew. */
export const noteBeats = (): Promise<number> => db.$executeRaw`
  INSERT INTO node_health AS h (node_id, beats, beat_at, answering_since)
  SELECT n.id, 1, m.sampled_at, m.sampled_at
  FROM node n JOIN metrics.node_now m ON m.node_id = n.id LEFT JOIN node_health k ON k.node_id = n.id
  WHERE m.sampled_at > clock_timestamp() - interval '30 seconds' AND m.sampled_at > n.status_since
    AND (n.status = 'Fenced' OR (n.status = 'Failed' AND k.failed_code IS NOT NULL))
    AND (k.beat_at IS NULL OR m.sampled_at > k.beat_at)
  ON CONFLICT (node_id) DO UPDATE SET
    beats = CASE WHEN h.beat_at > excluded.beat_at - interval '60 seconds' THEN h.beats + 1 ELSE 1 END,
    answering_since = CASE WHEN h.beat_at > excluded.beat_at - interval '60 seconds' THEN h.answering_since ELSE excluded.beat_at END,
    beat_at = excluded.beat_at`;

/** Those that have become silent again do not answer any more, and why an Active node once failed is over. */
export async function forgetBeats(): Promise<void> {
  await db.$executeRaw`
    UPDATE node_health SET beats = 0, beat_at = NULL, answering_since = NULL WHERE beat_at < clock_timestamp() - interval '60 seconds'`;
  await db.$executeRaw`
    UPDATE node_health h SET failed_code = NULL, beats = 0, beat_at = NULL, answering_since = NULL FROM node n
    WHERE n.id = h.node_id AND n.status = 'Active' AND (h.failed_code IS NOT NULL OR h.answering_since IS NOT NULL)`;
}

/** Remembers whether the console is cut off; the change is an event. */
export async function noteIsolation(isolated: Isolation | null): Promise<void> {
  const known = await db.regionWatch.findUniqueOrThrow({ where: { id: 1 } });
  if (known.silent === (isolated?.silent ?? null) && known.total === (isolated?.total ?? null)) return;
  await db.$transaction(async (tx) => {
    const { now } = await lockRegion(tx);
    const was = await tx.regionWatch.findUniqueOrThrow({ where: { id: 1 } });
    await tx.regionWatch.update({
      where: { id: 1 },
      data: {
        silent: isolated?.silent ?? null,
        total: isolated?.total ?? null,
        isolatedSince: isolated ? (was.isolatedSince ?? now) : null,
      },
    });
    if ((was.silent === null) === (isolated === null)) return;
    const { silent, total } = isolated ?? { silent: was.silent ?? 0, total: was.total ?? 0 };
    await tellAll(tx, { kind: "isolated", silent, total, over: isolated === null, at: now.toISOString() });
    await record(tx, {
      kind: isolated ? "region.isolated" : "region.reached",
      severity: isolated ? "error" : "info",
      message: isolated ? isolatedSentence(isolated) : "The console is not isolated any more: most nodes answer.",
      actor: SYSTEM,
    });
  });
}
