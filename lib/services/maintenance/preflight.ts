import { headroomAfter, type Headroom } from "../../domain/headroom";
import { preflight, type Preflight } from "../../domain/preflight";
import { db, type Tx } from "../../db";
import type { Vm } from "../../domain/inventory";
import type { UserRole } from "../../domain/permissions";
import type { Node } from "../../generated/prisma/client";
import { refuse, done, type Outcome } from "../../outcome";
import { contextFor, factsForGuards } from "../nodes/guard";
import { readRegion, type RegionRow } from "../region";
import { preflightFacts } from "./facts";

/** As a dialog shows it; times are ISO 8601. */
export type PreflightView = Preflight & {
  nodeId: string;
  version: number;
  /** When the VMs of the node were seen. */ seenAt: string | null;
  checkedAt: string;
  /** What the loss of one more node would leave afterwards, and of which; null where nobody can say. */ headroom: Headroom["worst"];
};

/** The pre-flight of a node as it is at this moment, for whoever looks. Changes nothing. */
export async function readPreflight(nodeId: string, role: UserRole): Promise<Outcome<PreflightView>> {
  return db.$transaction(async (tx) => {
    const region = await readRegion(tx);
    const node = await tx.node.findUnique({ where: { id: nodeId } });
    if (!node) return refuse("node-gone", "This node was deleted.");
    const facts = factsForGuards(node);
    const found = await preflightFacts(tx, node, { facts, context: await contextFor(tx, node, region, role), region });
    const { seenAt } = found;
    const planned = preflight(found);
    return done({
      ...planned,
      headroom: headroomAfter(await memoryOfNodes(tx), nodeId, planned.placement.targets),
      nodeId,
      version: node.version,
      seenAt: seenAt?.toISOString() ?? null,
      checkedAt: region.now.toISOString(),
    });
  });
}

async function memoryOfNodes(tx: Tx) {
  const select = { id: true, name: true, status: true, vmMemoryTotalBytes: true, vmMemoryAvailableBytes: true } as const;
  const rows = await tx.node.findMany({ where: { status: "Active" }, select });
  const asNumber = (bytes: bigint | null): number | null => (bytes === null ? null : Number(bytes));
  return rows.map(({ vmMemoryTotalBytes, vmMemoryAvailableBytes, ...node }) => ({
    ...node,
    vmMemoryTotalBytes: asNumber(vmMemoryTotalBytes),
    vmMemoryAvailableBytes: asNumber(vmMemoryAvailableBytes),
  }));
}

/**
 * What the worker asks before it moves anything: the same checks on what it has just read from the node. The node is Entering
 * maintenance and has an operation by now, so the table is asked as if it stood where it came from, without it.
 */
export async function preflightAgain(tx: Tx, node: Node, region: RegionRow, vms: Vm[]): Promise<Preflight> {
  const open = await tx.maintenance.findFirst({ where: { nodeId: node.id, endedAt: null }, select: { cameFrom: true } });
  const facts = { ...factsForGuards(node), status: open?.cameFrom ?? "Active" };
  const context = { ...(await contextFor(tx, node, region, "admin")), activeOperation: null };
  // The counts no longer hold this node as Active.
  const counted = facts.status === "Active" ? 1 : 0;
  const control = facts.status === "Active" && node.role === "Control" ? 1 : 0;
  const { activeCount, activeControlCount } = context.region;
  context.region = { ...context.region, activeCount: activeCount + counted, activeControlCount: activeControlCount + control };
  return preflight(await preflightFacts(tx, node, { facts, context, region }, { vms }));
}
