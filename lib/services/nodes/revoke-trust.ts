import type { DistrustedKey } from "../../domain/requests";
import { HOST_KEYS } from "../../messages/host-keys";
import { done, type Outcome } from "../../outcome";
import { db } from "../../db";
import type { Call } from "../call";
import { record } from "../events/record";
import { permitted } from "./guard";

export type RevokeTrust = { nodeId: string; version: number; reason: string };

/**
 * Takes the trust in a node's host key away. From now on nothing is sent to it, and kept connections end within seconds, until an
 * administrator trusts the key again by the very way that a changed one is trusted: retrust.ts.
 */
export async function revokeTrust({ reason, ...target }: RevokeTrust, { actor }: Call): Promise<Outcome> {
  return db.$transaction(async (tx) => {
    const allowed = await permitted(tx, "revokeTrust", target, actor);
    if (!allowed.ok) return allowed;
    const { node, region } = allowed.value;
    const version = node.version + 1;
    const distrusted = {
      type: node.hostKeyType,
      sha256: node.hostKeySha256,
      seenAt: region.now.toISOString(),
      revoked: { by: actor.name, reason },
    } satisfies DistrustedKey;
    await tx.node.update({ where: { id: node.id }, data: { hostKeyChanged: distrusted, version } });
    await record(tx, {
      kind: "node.host-key-revoked",
      severity: "warning",
      message: HOST_KEYS.event(actor.name, node.name, reason),
      actor,
      node: { ...node, version },
      details: { was: node.hostKeySha256, reason },
    });
    return done(undefined);
  });
}
