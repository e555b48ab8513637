/** How a node stands with others: whether their hypervisors reach each other, and how far they are apart. */
import { StoredRefusal } from "../../domain/requests";
import { db } from "../../db";
import { Prisma, type Node, type NodeKey } from "../../generated/prisma/client";
import type { Outcome } from "../../outcome";

/** From this node to the peer; `back` the other way. */
export type PeerView = { id: string; name: string; there: WayView | null; back: WayView | null };
export type WayView = { checkedAt: string; roundTripMs: number | null; refusal: StoredRefusal | null };

/** Remembers what a proof of the way from one node to another gave. */
export async function notePeer(nodeId: string, peerId: string, way: Outcome<{ roundTripMs: number | null }>): Promise<void> {
  const facts = {
    checkedAt: new Date(),
    roundTripMs: way.ok ? way.value.roundTripMs : null,
    refusal: way.ok ? Prisma.DbNull : { code: way.code, reason: way.reason, ...(way.hint ? { hint: way.hint } : {}) },
  };
  await db.nodePeer.upsert({ where: { nodeId_peerId: { nodeId, peerId } }, create: { nodeId, peerId, ...facts }, update: facts });
}

/** Active nodes with a hypervisor, those that were proved least first. */
export async function peersOf(nodeId: string, count: number): Promise<(Node & { key: NodeKey | null })[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT n.id FROM node n WHERE n.status = 'Active' AND n.id <> ${nodeId}::uuid AND n.host_key_changed IS NULL
      AND (n.inventory #>> '{hypervisor,running}')::boolean
    ORDER BY (SELECT count(*) FROM node_peer p WHERE p.peer_id = n.id), n.name LIMIT ${count}`;
  const found = await db.node.findMany({ where: { id: { in: rows.map(({ id }) => id) } }, include: { key: true } });
  return found.sort((a, b) => rows.findIndex(({ id }) => id === a.id) - rows.findIndex(({ id }) => id === b.id));
}

/** All proofs of a node, both ways, by the peer's name. */
export async function readPeers(nodeId: string): Promise<PeerView[]> {
  const [there, back] = await Promise.all([
    db.nodePeer.findMany({ where: { nodeId }, include: { peer: { select: { name: true } } } }),
    db.nodePeer.findMany({ where: { peerId: nodeId }, include: { node: { select: { name: true } } } }),
  ]);
  const views = new Map<string, PeerView>();
  for (const { peerId, peer, ...way } of there) views.set(peerId, { id: peerId, name: peer.name, there: wayOf(way), back: null });
  for (const { nodeId: id, node, ...way } of back) {
    const view = views.get(id) ?? { id, name: node.name, there: null, back: null };
    views.set(id, { ...view, back: wayOf(way) });
  }
  return [...views.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const wayOf = ({ checkedAt, roundTripMs, refusal }: { checkedAt: Date; roundTripMs: number | null; refusal: unknown }): WayView => ({
  checkedAt: checkedAt.toISOString(),
  roundTripMs,
  refusal: StoredRefusal.safeParse(refusal).data ?? null,
});
