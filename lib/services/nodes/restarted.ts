import { db } from "../../db";
import { SYSTEM } from "../actor";
import { record } from "../events/record";
import { lockRegion } from "../region";

/** No machine is up again so soon: two workers saw the same restart, or a host says what it likes. Events can not be deleted. */
const RESTART_MS = 60_000;
/** A boot of the same moment, measured twice, differs by the way of the answer. */
const SAME_BOOT_MS = 5000;

/**
 * Remembers when a node was started, from how long it has been running. Another boot than the one that was sampled before is an event, one a
 * minute at most.
 * @param before the boot that was known, if one was
 */
export async function noteBoot(nodeId: string, bootedAt: Date, before: string | null): Promise<void> {
  await db.$transaction(async (tx) => {
    const { now } = await lockRegion(tx);
    const node = await tx.node.findUnique({ where: { id: nodeId } });
    if (!node) return;
    const known = node.bootedAt !== null && Math.abs(node.bootedAt.getTime() - bootedAt.getTime()) < SAME_BOOT_MS;
    if (!known) await tx.node.update({ where: { id: nodeId }, data: { bootedAt } });
    if (before === null) return;
    const since = new Date(now.getTime() - RESTART_MS);
    if (await tx.event.findFirst({ where: { nodeId, kind: "node.restarted", at: { gt: since } }, select: { id: true } })) return;
    const asked = await tx.operation.findFirst({
      where: { nodeId, kind: "reboot", createdAt: { lt: bootedAt }, OR: [{ finishedAt: null }, { finishedAt: { gt: bootedAt } }] },
      select: { id: true },
    });
    await record(tx, {
      kind: "node.restarted",
      severity: asked ? "info" : "warning",
      message: asked ? `${node.name} was restarted, as was asked for.` : `${node.name} was restarted.`,
      ...(asked ? { operationId: asked.id } : {}),
      actor: SYSTEM,
      node,
      details: { bootedAt: bootedAt.toISOString() },
    });
  });
}
