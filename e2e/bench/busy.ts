/** What the demo region's busy servers say, sample by sample, for whoever stores it. */
import { FLEET } from "@/lib/demo/fleet";
import { quietSurveys } from "@/lib/demo/health";
import { usageOf } from "@/lib/demo/usage";
import type { Values } from "@/lib/domain/metrics";

/** Of all nodes at one moment, in their order; seconds since 1970. */
export type Slot = { at: number; values: Values[] };

const SERVERS = FLEET.filter(({ vmShare }) => vmShare > 0.3).map((server) => ({ server, surveyed: quietSurveys(server) }));

/** Of one node, whatever its number, at a moment in seconds since 1970. */
export function busyNode(index: number): (at: number) => Values {
  const busy = SERVERS[index % SERVERS.length];
  if (!busy) throw new Error("The demo region has no busy server.");
  return (at) => ({ ...usageOf(busy.server, at + index), ...busy.surveyed(at - (at % 60)) });
}
