import { addRefusal } from "../../domain/lifecycle";
import { dialable } from "../../domain/address";
import { sharedEnv } from "../../env";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { startOperation } from "../operations/start";
import { readRegion } from "../region";
import { conflictOf } from "./identities";
import { startOnce, type Started } from "./start-once";

/** Reads the host key of an address, before any credential exists. Refused at once for an address that may not be dialled or has an owner. */
export async function contactMachine({ ip }: { ip: string }, call: Call): Promise<Outcome<Started>> {
  const refused = addRefusal(call.actor.role);
  if (refused) return refused;
  const address = dialable(ip, sharedEnv().REGENT_MANAGEMENT_NETWORKS, []);
  if (!address.ok) return address;
  return startOnce(call, { kind: "contact", ip }, async (tx) => {
    const owned = await conflictOf(tx, [{ kind: "ip", value: ip }]);
    if (owned) return { ...owned, field: "ip" };
    const { now } = await readRegion(tx);
    return done({ operationId: await startOperation(tx, { kind: "contact", call, ip, now }) });
  });
}
