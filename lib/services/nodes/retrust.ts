import { Prisma } from "../../generated/prisma/client";
import type { DistrustedKey, HostKey } from "../../domain/requests";
import { HOST_KEYS } from "../../messages/host-keys";
import { done, refuse, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { startOperation } from "../operations/start";
import { permitted } from "./guard";
import { startOnce, type Started } from "./start-once";

export type Retrust = { nodeId: string; version: number; hostKey: HostKey; reason: string };

/**
 * Pins the new host key of a node on an administrator's word and reason, or the revoked one again, and inspects the machine at once:
 * hardware may have been swapped with the key. The key that is trusted must be the one that was seen, not any other.
 */
export async function retrustHostKey(input: Retrust, call: Call): Promise<Outcome<Started>> {
  return startOnce(call, { kind: "reinspect", nodeId: input.nodeId }, async (tx) => {
    const allowed = await permitted(tx, "retrust", input, call.actor);
    if (!allowed.ok) return allowed;
    const { node, region } = allowed.value;
    const seen = node.hostKeyChanged as DistrustedKey | null; // written by host-key.ts and revoke-trust.ts only
    if (seen?.sha256 !== input.hostKey.sha256 || seen.type !== input.hostKey.type)
      return refuse("host-key-other", "The host key changed once more while you looked.", {
        hint: "Compare the newest key and try again.",
      });
    const version = node.version + 1;
    const operationId = await startOperation(tx, { kind: "reinspect", call, ip: node.ip, node, now: region.now });
    await tx.node.update({
      where: { id: node.id },
      data: { hostKeyType: seen.type, hostKeySha256: seen.sha256, hostKeyChanged: Prisma.DbNull, version },
    });
    await record(tx, {
      kind: "node.host-key-trusted",
      severity: "warning",
      message: (seen.sha256 === node.hostKeySha256 ? HOST_KEYS.again : HOST_KEYS.trusted)(call.actor.name, node.name, input.reason),
      actor: call.actor,
      node: { ...node, version },
      operationId,
      details: { was: node.hostKeySha256, is: seen.sha256, reason: input.reason },
    });
    return done({ operationId });
  });
}
