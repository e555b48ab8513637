/**
 * Whether each node of a region can be taken out, by the very pre-flight that decides when somebody asks for it. A fact of the node and
 * not of who looks, so it asks as an Admin; whether this person may do it, the command itself says.
 */
import type { Vm } from "./inventory";
import { COMMANDS, refusal, type NodeFacts, type RefusalContext } from "./lifecycle";
import { roomOn, type PlacementNode, type Processor } from "./placement";
import { preflight, type Draining } from "./preflight";
import type { Readiness } from "./readiness";
import { formatBytes } from "./units";

/** What is asked of one node; the names are those of PreflightFacts. */
export type ReadinessFacts = {
  node: NodeFacts & { id: string };
  operation: RefusalContext["activeOperation"];
  vms: readonly Vm[] | null;
  answers: boolean;
  processor: Processor;
};

/** What is the same for all of them. */
export type ReadinessRegion = {
  context: Pick<RefusalContext, "now" | "settings" | "region">;
  /** Every Active node that could take virtual machines. */
  targets: readonly PlacementNode[];
  draining: readonly Draining[];
  reserveShare: number;
};

/** Most virtual machines find their place on one of the roomiest nodes; all of them are asked only where these do not do. */
const ROOMIEST = 16;
const STEPS_AMONG_ROOMIEST = 2000;

const takenOut: readonly string[] = COMMANDS.maintenance.allowed;
/** The checks that fail for want of memory. */
const NO_ROOM = ["preflight-memory", "preflight-together"];

/** Answers for each node of a region; what is common to them is looked at once. */
export function readinessOf(region: ReadinessRegion): (facts: ReadinessFacts) => Readiness {
  const { context, draining, reserveShare } = region;
  const room = (node: PlacementNode): number => Math.max(0, roomOn(node, reserveShare));
  const roomiest = region.targets.toSorted((a, b) => room(b) - room(a));
  const rooms = new Map(roomiest.map((node) => [node.id, room(node)]));
  const free = [...rooms.values()].reduce((sum, bytes) => sum + bytes, 0);

  return ({ node, operation, ...seen }) => {
    const asked = { ...context, role: "admin", activeOperation: operation } as const;
    const refused = refusal("maintenance", node, asked);
    if (refused) return { id: takenOut.includes(node.status) ? "refused" : "apart", reason: refused.reason };
    const look = (targets: readonly PlacementNode[], searchSteps: number) =>
      preflight({
        ...seen,
        node,
        context: asked,
        fenced: node.status === "Fenced",
        pci: [],
        degradedPools: [],
        targets: targets.filter(({ id }) => id !== node.id),
        draining: draining.filter(({ name }) => name !== node.name),
        reserveShare,
        searchSteps,
      });
    let found = look(roomiest.slice(0, ROOMIEST), STEPS_AMONG_ROOMIEST);
    if (found.refusal && roomiest.length > ROOMIEST) found = look(roomiest, 0);
    if (found.refusal) return { id: NO_ROOM.includes(found.refusal.code) ? "noRoom" : "refused", reason: found.refusal.reason };
    const moved = found.placement.targets.reduce((sum, { movedBytes }) => sum + movedBytes, 0);
    const left = formatBytes(free - (rooms.get(node.id) ?? 0) - moved);
    return { id: "ready", reason: `Can be taken out now; ${left} would be left on the other Active nodes.` };
  };
}
