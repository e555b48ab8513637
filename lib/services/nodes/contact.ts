import type { Tx } from "../../db";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { startOperation, type Part } from "../operations/start";
import { readRegion } from "../region";
import { conflictOf } from "./identities";
import { serverRefusal } from "./server-refusal";
import { startOnce, type Started } from "./start-once";

type Contact = { ip: string };

/** Reads the host key of an address, before any credential exists. Refused at once for an address that may not be dialled or has an owner. */
export async function contactMachine(input: Contact, call: Call): Promise<Outcome<Started>> {
  return serverRefusal(input.ip, call) ?? startOnce(call, { kind: "contact", ip: input.ip }, (tx) => contactIn(tx, input, call));
}

/** As contactMachine, in a transaction of somebody else. */
export async function contactIn(tx: Tx, { ip }: Contact, call: Call, part?: Part): Promise<Outcome<Started>> {
  const refused = serverRefusal(ip, call);
  if (refused) return refused;
  const owned = await conflictOf(tx, [{ kind: "ip", value: ip }]);
  if (owned) return { ...owned, field: "ip" };
  const { now } = await readRegion(tx);
  return done({ operationId: await startOperation(tx, { kind: "contact", call, ip, now, ...part }) });
}
