import { dialable } from "../../domain/address";
import { db } from "../../db";
import { sharedEnv } from "../../env";
import { done, refuse, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { startOperation } from "../operations/start";
import { readRegion } from "../region";
import { alreadyStarted, type Started } from "./queue";

/** Reads the host key of an address, before any credential exists. Refused at once for an address that may not be dialled or has an owner. */
export async function contactMachine({ ip }: { ip: string }, call: Call): Promise<Outcome<Started>> {
  const address = dialable(ip, sharedEnv().REGENT_MANAGEMENT_NETWORKS, []);
  if (!address.ok) return address;
  return (await alreadyStarted(call)) ?? db.$transaction(async (tx) => {
    const owner = await tx.nodeIdentity.findUnique({ where: { kind_value: { kind: "ip", value: ip } }, include: { node: { select: { name: true } } } });
    if (owner) return refuse("duplicate", `${ip} already belongs to ${owner.node.name}.`, { field: "ip", hint: `Open ${owner.node.name}, or check the address.` });
    const { now } = await readRegion(tx);
    return done({ operationId: await startOperation(tx, { kind: "contact", call, ip, now }) });
  });
}
