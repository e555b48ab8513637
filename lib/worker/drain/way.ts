/** What two nodes need of each other before a virtual machine can go from one to the other. */
import type { Node, NodeKey } from "../../generated/prisma/client";
import { allowPeer, checkPeer, knowPeer, migrationKey } from "../../machines/hypervisor";
import type { Machine } from "../../machines/dial";
import type { Outcome } from "../../outcome";
import { notePeer } from "../../services/nodes/peers";
import type { Held } from "../held";
import { addressOf, withNode } from "../reach";

/** Longer than its commands may take together. */
const WAY_MS = 4 * 60_000;

export type Reached = Node & { key: NodeKey | null };

/** As prepareWay, and remembers for the Node Links of both how it stands between them. */
export async function proveWay(operation: Held, source: Reached, target: Reached): Promise<Outcome<{ roundTripMs: number | null }>> {
  const way = await prepareWay(operation, source, target);
  if (!operation.signal.aborted) await notePeer(source.id, target.id, way);
  return way;
}

/**
 * Lets `source` log in to `target` for migrations, and proves it: the source's own key is allowed there from the source's address
 * only, and the source trusts the very host key that Regent has pinned. Twice is the same as once.
 */
async function prepareWay(operation: Held, source: Reached, target: Reached): Promise<Outcome<{ roundTripMs: number | null }>> {
  const address = addressOf(target.ip);
  if (!address.ok) return address;
  const peer = { ip: target.ip, port: address.value.port, type: target.hostKeyType, sha256: target.hostKeySha256 };
  // One login on each side: the source is asked for its key, and stays until the way is proved.
  const onSource = async (machine: Machine) => {
    const key = await migrationKey(machine);
    if (!key.ok) return key;
    const allowed = await withNode(operation, target, (there) => allowPeer(there, { publicKey: key.value, fromIp: source.ip }));
    if (!allowed.ok) return allowed;
    const known = await knowPeer(machine, peer);
    return known.ok ? checkPeer(machine, target.ip) : known;
  };
  return withNode(operation, source, onSource, { sessionMs: WAY_MS });
}
