import type { DistrustedKey, HostKey } from "../../domain/requests";
import { db } from "../../db";
import { Prisma } from "../../generated/prisma/client";
import { SYSTEM } from "../actor";
import { record } from "../events/record";
import { lockRegion } from "../region";

/** Whether it was an administrator who took the trust away: then no key brings it back by itself. */
export const isRevoked = (hostKeyChanged: unknown): boolean => (hostKeyChanged as DistrustedKey | null)?.revoked !== undefined; // written below and by revoke-trust.ts only

/** Remembers that a node's address showed another host key. From now on nothing dials it, until an administrator trusts the new key. */
export async function noteChangedHostKey(nodeId: string, seen: HostKey | undefined): Promise<void> {
  await db.$transaction(async (tx) => {
    const { now } = await lockRegion(tx);
    const node = await tx.node.findUnique({ where: { id: nodeId } });
    const known = node?.hostKeyChanged as DistrustedKey | null | undefined; // as above
    if (!node || (known && known.sha256 === seen?.sha256)) return;
    const revoked = known?.revoked ? { revoked: known.revoked } : {};
    const changed = { type: seen?.type ?? "", sha256: seen?.sha256 ?? "", seenAt: now.toISOString(), ...revoked };
    const version = node.version + 1;
    await tx.node.update({ where: { id: nodeId }, data: { hostKeyChanged: changed, version } });
    await record(tx, {
      kind: "node.host-key-changed",
      severity: "error",
      message: `The host key of ${node.ip} changed. Nothing is sent to it until an administrator trusts the new key.`,
      actor: SYSTEM,
      node: { ...node, version },
      details: { pinned: node.hostKeySha256, seen: changed.sha256 },
    });
  });
}

/** The trusted key is back at a node's address: it may be dialled again. */
export async function noteHostKeyBack(nodeId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockRegion(tx);
    const node = await tx.node.findUnique({ where: { id: nodeId } });
    if (!node?.hostKeyChanged || isRevoked(node.hostKeyChanged)) return;
    const version = node.version + 1;
    await tx.node.update({ where: { id: nodeId }, data: { hostKeyChanged: Prisma.DbNull, version } });
    await record(tx, {
      kind: "node.host-key-back",
      severity: "warning",
      message: `${node.ip} shows its trusted host key again.`,
      actor: SYSTEM,
      node: { ...node, version },
      details: { pinned: node.hostKeySha256 },
    });
  });
}
