import { shortfalls, verdict } from "../../domain/adequacy";
import { accessLinks, findLinks, ownMac } from "../../domain/links";
import { creation } from "../../domain/lifecycle";
import type { InspectRequest, InspectResult, KeyPair } from "../../domain/requests";
import { suggestName } from "../../domain/units";
import type { Tx } from "../../db";
import { IDENTITY } from "../../messages/machine";
import { done, type Outcome } from "../../outcome";
import { record } from "../events/record";
import type { Actor } from "../actor";
import type { RegionRow } from "../region";
import { factsOf } from "./facts";
import { conflictOf, identitiesOf } from "./identities";

export type NewNode = { request: InspectRequest; result: InspectResult; macs: string[]; pair: KeyPair };
/** `nodeId`, where the id was given before the node: to a line of work on many servers. */
type Occasion = { region: RegionRow; ip: string; actor: Actor; operationId?: string; nodeId?: string | null };

/**
 * Records a candidate with its identities, Regent's key for it and the event, all or nothing: Candidate when the hardware is
 * adequate, Inadequate when not. Refused when a live node has one of its addresses, or a converged MAC is not on the machine.
 */
export async function createNode(
  tx: Tx,
  { region, ip, actor, operationId, nodeId }: Occasion,
  found: NewNode,
): Promise<Outcome<{ id: string; name: string }>> {
  const { inventory } = found.result;
  const missing = found.macs.filter((mac) => !findLinks(inventory, [mac]).length);
  if (missing.length) return IDENTITY.macMissing(missing, ip);

  const access = [...new Set(accessLinks(inventory, ip).flatMap((link) => ownMac(link) ?? []))];
  const identities = identitiesOf({ ip, macs: [...found.macs, ...access], systemUuid: inventory.system.uuid });
  const conflict = await conflictOf(tx, identities);
  if (conflict) return conflict;

  const judged = verdict(inventory, region.settings.requirements, found.request.role);
  const birth = creation(judged.adequate);
  const name = await freeName(tx, inventory.hostname);
  const failed = shortfalls(judged);
  const node = await tx.node.create({
    data: {
      ...(nodeId ? { id: nodeId } : {}),
      name,
      ip,
      role: found.request.role,
      status: birth.to,
      statusSince: region.now,
      statusReason: failed.length ? failed.join("; ") : null,
      sshUser: found.request.user,
      hostKeyType: found.request.hostKey.type,
      hostKeySha256: found.request.hostKey.sha256,
      convergedMacs: found.macs,
      accessMacs: access,
      createdAt: region.now,
      ...factsOf(inventory, judged, new Date(found.result.inspectedAt)),
      identities: { createMany: { data: identities } },
      key: { create: { publicKey: found.pair.publicKey, sealedPrivate: Buffer.from(found.pair.sealedPrivate, "base64") } },
    },
  });
  await record(tx, {
    kind: "node.added",
    message: judged.adequate
      ? `${name} (${ip}) was added as ${found.request.role}.`
      : `${name} (${ip}) was added and is Inadequate: ${failed.join("; ")}.`,
    severity: judged.adequate ? "info" : "warning",
    actor,
    node,
    from: null,
    to: birth.to,
    transition: birth.id,
    ...(operationId ? { operationId } : {}),
    details: { hostKey: found.request.hostKey.sha256, trust: found.request.trust, convergedMacs: found.macs },
  });
  return done({ id: node.id, name });
}

/** The machine's own name when it is free, else the next of its row. */
async function freeName(tx: Tx, hostname: string): Promise<string> {
  const wanted = (hostname.split(".")[0] ?? "").replace(/[^A-Za-z0-9._-]/g, "-").slice(0, 60) || "node";
  const taken = await tx.node.findMany({ where: { status: { not: "Out" } }, select: { name: true } });
  return suggestName(
    wanted,
    taken.map(({ name }) => name),
  );
}
