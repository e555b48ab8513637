import { findLinks } from "../../domain/links";
import { Inventory } from "../../domain/inventory";
import { ModifyRequest, type KeyPair } from "../../domain/requests";
import type { Tx } from "../../db";
import { IDENTITY } from "../../messages/machine";
import { done, refuse, type Outcome } from "../../outcome";
import { record } from "../events/record";
import { actorOf } from "../operations/actor-of";
import type { HeldOperation } from "../operations/lock";
import { identitiesOf, rewriteIdentities } from "./identities";

/** Writes a candidate's new user, key and converged MAC addresses. The access IP is never part of it. */
export async function modifyRecord(tx: Tx, { operation }: HeldOperation, pair: KeyPair | undefined): Promise<Outcome> {
  const request = ModifyRequest.parse(operation.request);
  const node = operation.nodeId ? await tx.node.findUnique({ where: { id: operation.nodeId } }) : null;
  if (!node) return refuse("node-gone", "The node was deleted meanwhile.");
  const inventory = Inventory.safeParse(node.inventory).data;
  const missing = inventory ? request.macs.filter((mac) => !findLinks(inventory, [mac]).length) : [];
  if (missing.length) return IDENTITY.macMissing(missing, node.ip);

  const identities = identitiesOf({ ip: node.ip, macs: [...request.macs, ...node.accessMacs], systemUuid: node.systemUuid });
  const conflict = await rewriteIdentities(tx, node.id, identities);
  if (conflict) return conflict;
  if (pair) {
    const key = { publicKey: pair.publicKey, sealedPrivate: Buffer.from(pair.sealedPrivate, "base64") };
    await tx.nodeKey.upsert({ where: { nodeId: node.id }, create: { nodeId: node.id, ...key }, update: key });
  }
  const version = node.version + 1;
  await tx.node.update({ where: { id: node.id }, data: { sshUser: request.user, convergedMacs: request.macs, version } });
  await record(tx, {
    kind: "node.modified",
    message: `${node.name} was modified.`,
    actor: actorOf(operation),
    node: { ...node, version },
    operationId: operation.id,
    details: {
      user: { was: node.sshUser, is: request.user },
      convergedMacs: { was: node.convergedMacs, is: request.macs },
      newPassword: request.newPassword,
    },
  });
  return done(undefined);
}
