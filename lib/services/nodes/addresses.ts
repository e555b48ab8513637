import { dialable } from "../../domain/address";
import { db } from "../../db";
import { sharedEnv } from "../../env";
import { IDENTITY } from "../../messages/machine";

/** An address that can not become a candidate, and the node that has it already, when it is that. */
export type AddressFault = { ip: string; reason: string; hint: string | null; node: { id: string; name: string } | null };

/** Which of these addresses Regent may not dial, and which have an owner: what adding them would be refused with. Reads only. */
export async function addressFaults(ips: readonly string[]): Promise<AddressFault[]> {
  const taken = await db.nodeIdentity.findMany({
    where: { kind: "ip", value: { in: [...ips] } },
    select: { value: true, node: { select: { id: true, name: true } } },
  });
  const owners = new Map(taken.map(({ value, node }) => [value, node]));
  return ips.flatMap((ip): AddressFault[] => {
    const address = dialable(ip, sharedEnv().REGENT_MANAGEMENT_NETWORKS, []);
    if (!address.ok) return [{ ip, reason: address.reason, hint: address.hint ?? null, node: null }];
    const node = owners.get(ip);
    return node ? [{ ip, reason: IDENTITY.taken(ip, node.name).reason, hint: null, node }] : [];
  });
}
