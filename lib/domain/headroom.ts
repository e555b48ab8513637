/**
 * Memory headroom: when a node is lost, is there room on the other Active nodes for what its virtual machines were given? Sums over
 * the region, because the list does not know single virtual machines: the placement of one may still fail where the sum suffices.
 */
import type { NodeStatus } from "./status";

export type MemoryFacts = {
  name: string;
  status: NodeStatus;
  /** Bytes given to virtual machines, and left for more; null where no hypervisor tells. */
  vmMemoryTotalBytes: number | null;
  vmMemoryAvailableBytes: number | null;
};

export type Headroom = {
  /** Left on all Active nodes that tell it, bytes. */
  availableBytes: number;
  /** The Active node whose loss leaves the least, and how much; negative: so much too little. null: no Active node tells. */
  worst: { name: string; leftBytes: number } | null;
  /** Active nodes that do not tell their memory. They count as having no room. */
  unknown: number;
};

const leftOf = ({ status, vmMemoryAvailableBytes }: MemoryFacts): number => (status === "Active" ? (vmMemoryAvailableBytes ?? 0) : 0);

/** Of the whole region, in one pass for what is left and one for the worst. */
export function memoryHeadroom(nodes: readonly MemoryFacts[]): Headroom {
  const headroom: Headroom = { availableBytes: nodes.reduce((sum, node) => sum + leftOf(node), 0), worst: null, unknown: 0 };
  for (const node of nodes) {
    if (node.status !== "Active") continue;
    const leftBytes = leftWithout(node, headroom);
    if (leftBytes === null || node.vmMemoryAvailableBytes === null) headroom.unknown += 1;
    else if (!headroom.worst || leftBytes < headroom.worst.leftBytes) headroom.worst = { name: node.name, leftBytes };
  }
  return headroom;
}

/** What one more loss would leave once this node is out and `targets` hold its machines; null where nobody can say. */
export function headroomAfter(
  nodes: readonly (MemoryFacts & { id: string })[],
  leavingId: string,
  targets: readonly { id: string; movedBytes: number }[],
): Headroom["worst"] {
  const moved = new Map(targets.map(({ id, movedBytes }) => [id, movedBytes]));
  const after = nodes.flatMap(({ id, ...node }) => (id === leavingId ? [] : [laden(node, moved.get(id) ?? 0)]));
  return memoryHeadroom(after).worst;
}

const laden = ({ vmMemoryTotalBytes: total, vmMemoryAvailableBytes: available, ...node }: MemoryFacts, bytes: number): MemoryFacts => ({
  ...node,
  vmMemoryTotalBytes: total === null ? null : total + bytes,
  vmMemoryAvailableBytes: available === null ? null : available - bytes,
});

/** What is left on the other Active nodes once they hold this node's virtual machines, bytes; null: it does not tell what it holds. */
export const leftWithout = (node: MemoryFacts, { availableBytes }: Pick<Headroom, "availableBytes">): number | null =>
  node.vmMemoryTotalBytes === null ? null : availableBytes - leftOf(node) - node.vmMemoryTotalBytes;
