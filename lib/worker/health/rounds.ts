/** Rounds of looks at the nodes that are silent. Which worker looks at which node, they agree on without a word. */
import { isolation, silenceMs, silentAfterMs, FENCEABLE, type WatchedNode } from "../../domain/fencing";
import { missing } from "../../domain/fencing-checks";
import type { Check } from "../../domain/fencing-records";
import { db } from "../../db";
import { reportFault } from "../../log";
import { readRegion } from "../../services/region";
import { readWatch } from "../../services/fencing/watch";
import { Gate } from "../sampling/gate";
import { ownerOf, readShares } from "../sampling/share";
import { bmcLook, freshLook, keptLook, neighbourLook } from "./looks";

const AT_ONCE = 16;
/** Rounds that lie further apart are not in a row. */
const IN_A_ROW_SECONDS = 60;

const gate = new Gate(AT_ONCE);

/** Another worker than the one that samples the node, where there is one: its process and its machine are then another observer. */
export function lookerOf(nodeId: string, workers: readonly string[]): string | null {
  const others = workers.filter((worker) => worker !== ownerOf(nodeId, workers));
  return ownerOf(nodeId, others.length ? others : workers);
}

/** One round at each silent node of this worker. While the console is isolated nobody is looked at: nothing would follow. */
export async function lookAtSilent(workerId: string, signal: AbortSignal): Promise<void> {
  const watch = await readWatch(db, await readRegion(db));
  if (isolation(watch)) return;
  const silent = watch.nodes.filter(
    (node) => node.asked && FENCEABLE.includes(node.status) && silenceMs(node, watch) > silentAfterMs(watch),
  );
  if (silent.length === 0) return;
  const { workers } = await readShares();
  const own = silent.filter(({ id }) => lookerOf(id, workers) === workerId);
  await Promise.all(
    own.map(async (node) => {
      const leave = await gate.enter();
      try {
        if (!signal.aborted) await round(node, silenceMs(node, watch), watch.settings.failedChecks, signal);
      } catch (error) {
        reportFault(error, { nodeId: node.id });
      } finally {
        leave();
      }
    }),
  );
}

async function round({ id, hasBmc }: WatchedNode, silence: number, enough: number, signal: AbortSignal): Promise<void> {
  const node = await db.node.findUnique({ where: { id } });
  if (!node) return;
  const looks = [keptLook(silence), freshLook(node, signal), neighbourLook(node, signal), ...(hasBmc ? [bmcLook(node, signal)] : [])];
  const checks = await Promise.all(looks);
  if (!signal.aborted) await keepRound(id, checks, missing(checks).length >= enough);
}

const keepRound = (id: string, checks: readonly Check[], failed: boolean): Promise<number> => db.$executeRaw`
  INSERT INTO node_health AS h (node_id, checks, checked_at, failed_rounds)
  VALUES (${id}::uuid, ${JSON.stringify(checks)}::jsonb, clock_timestamp(), ${failed ? 1 : 0})
  ON CONFLICT (node_id) DO UPDATE SET checks = excluded.checks, checked_at = excluded.checked_at,
    failed_rounds = CASE
      WHEN excluded.failed_rounds = 0 THEN 0
      WHEN h.checked_at > excluded.checked_at - ${IN_A_ROW_SECONDS} * interval '1 second' THEN h.failed_rounds + 1
      ELSE 1 END`;
