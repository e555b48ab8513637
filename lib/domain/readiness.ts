/**
 * Maintenance readiness: can this node be taken out right now, and if not why. A fact of the node and not of who looks, so it asks as an
 * Admin; whether this person may do it, the command itself says.
 */
import { leftWithout, memoryHeadroom, type Headroom, type MemoryFacts } from "./headroom";
import { COMMANDS, refusal, type NodeFacts, type RefusalContext } from "./lifecycle";
import { formatBytes } from "./units";

export const READINESS = {
  ready: { label: "Can be taken out" },
  noRoom: { label: "No room for its VMs" },
  refused: { label: "Can not be taken out" },
  unknown: { label: "Memory not known" },
  apart: { label: "Not in service" },
} as const satisfies Record<string, { label: string }>;

export type ReadinessId = keyof typeof READINESS;
export type Readiness = { id: ReadinessId; /** A sentence. */ reason: string };

type Facts = NodeFacts & MemoryFacts & { operation: RefusalContext["activeOperation"] };
export type ReadinessContext = Pick<RefusalContext, "now" | "settings" | "region">;

const takenOut: readonly string[] = COMMANDS.maintenance.allowed;

/** `headroom` is that of the whole region, made once for all its nodes. */
export function maintenanceReadiness(node: Facts, headroom: Headroom, context: ReadinessContext): Readiness {
  const refused = refusal("maintenance", node, { ...context, role: "admin", activeOperation: node.operation });
  if (refused) return { id: takenOut.includes(node.status) ? "refused" : "apart", reason: refused.reason };
  const left = leftWithout(node, headroom);
  if (left === null) return { id: "unknown", reason: `${node.name} does not tell how much memory its VMs were given.` };
  if (left < 0) return { id: "noRoom", reason: `The other Active nodes lack ${formatBytes(-left)} of memory for its VMs.` };
  return { id: "ready", reason: `Can be taken out now; ${formatBytes(left)} would be left on the other Active nodes.` };
}

/** Answers for each node of a region, once asked; the headroom is looked at once for all of them. */
export function readinessOf<Node extends Facts>(region: readonly Node[], context: ReadinessContext): (node: Node) => Readiness {
  const known = new Map<Node, Readiness>();
  let headroom: Headroom | undefined;
  return (node) => {
    const had = known.get(node);
    if (had) return had;
    headroom ??= memoryHeadroom(region);
    const readiness = maintenanceReadiness(node, headroom, context);
    known.set(node, readiness);
    return readiness;
  };
}
