import { dialable } from "../../domain/address";
import { addRefusal } from "../../domain/lifecycle";
import { sharedEnv } from "../../env";
import type { Refusal } from "../../outcome";
import type { Call } from "../call";

/** Why this actor may not have this address dialled to add it, before anything is read: the role, or the address itself. */
export function serverRefusal(ip: string, { actor }: Call): Refusal | null {
  const address = dialable(ip, sharedEnv().REGENT_MANAGEMENT_NETWORKS, []);
  return addRefusal(actor.role) ?? (address.ok ? null : address);
}
