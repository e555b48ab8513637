/** When a node is asked. Each has its own moment in the interval: a thousand of them are a steady stream, and not a burst. */
import { hash } from "./share";

/** By more than this no look at the database's clock corrects ours. */
const CORRECTED_SECONDS = 0.5;

/**
 * The node's next moment after the one at which it was asked (`asked`), seconds since 1970. A clock that was corrected meanwhile does not
 * bring the same moment again.
 */
export function nextSlot(nodeId: string, asked: number, now: number, intervalSeconds: number): number {
  const phase = (hash(nodeId) / 2 ** 32) * intervalSeconds;
  // One that was set back does not make the node wait for what was.
  const earliest = Math.max(now, Math.min(asked, now) + CORRECTED_SECONDS);
  return (Math.floor((earliest - phase) / intervalSeconds) + 1) * intervalSeconds + phase;
}
