import type { Tx } from "../../db";
import { IDENTITY } from "../../messages/machine";
import type { Refusal } from "../../outcome";

export type Identity = { kind: "ip" | "mac" | "uuid"; value: string };

export const identitiesOf = (node: { ip: string; macs: string[]; systemUuid: string | null }): Identity[] => [
  { kind: "ip", value: node.ip },
  ...[...new Set(node.macs)].map((value) => ({ kind: "mac" as const, value })),
  ...(node.systemUuid ? [{ kind: "uuid" as const, value: node.systemUuid }] : []),
];

const NOUN = { ip: "", mac: "MAC address ", uuid: "System UUID " } as const;

/** Names the live node that already has one of these, if there is one. With the region locked the answer holds until the commit. */
export async function conflictOf(tx: Tx, identities: Identity[], exceptNodeId?: string): Promise<Refusal | null> {
  const taken = await tx.nodeIdentity.findFirst({
    where: { OR: identities, ...(exceptNodeId ? { NOT: { nodeId: exceptNodeId } } : {}) },
    include: { node: { select: { name: true } } },
  });
  if (!taken) return null;
  const kind = taken.kind as Identity["kind"]; // the table's CHECK knows no other
  return IDENTITY.taken(`${NOUN[kind]}${taken.value}`, taken.node.name);
}

/** Writes what belongs to a node now, in the place of what did. Refused when a live node has one of them already. */
export async function rewriteIdentities(tx: Tx, nodeId: string, identities: Identity[]): Promise<Refusal | null> {
  const conflict = await conflictOf(tx, identities, nodeId);
  if (conflict) return conflict;
  await tx.nodeIdentity.deleteMany({ where: { nodeId } });
  await tx.nodeIdentity.createMany({ data: identities.map((identity) => ({ ...identity, nodeId })) });
  return null;
}

/** After a look at the machine: a new board has another UUID, and the old one is free for its owner. */
export const identitiesAfter = (
  node: { ip: string; convergedMacs: string[]; accessMacs: string[] },
  systemUuid: string | null,
): Identity[] => identitiesOf({ ip: node.ip, macs: [...node.convergedMacs, ...node.accessMacs], systemUuid });
