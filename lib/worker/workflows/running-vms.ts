import type { Inventory } from "../../domain/inventory";
import { holdsMemory } from "../../domain/placement";
import { probe } from "../../machines/ask";
import type { Machine } from "../../machines/dial";
import { listVms } from "../../machines/hypervisor";
import { done, type Outcome } from "../../outcome";

/** The virtual machines that run on a machine, by what its inspection found. */
export const runningVms = ({ vms }: Pick<Inventory, "vms">): Inventory["vms"] => vms.filter(holdsMemory);

/** An inspection whose virtual machines the hypervisor itself has just told: one that is silent is refused, not taken for an empty one. */
export async function probeWithVms(machine: Machine): Promise<Outcome<Inventory>> {
  const found = await probe(machine);
  if (!found.ok || found.value.hypervisor.libvirt === null) return found;
  const vms = await listVms(machine);
  return vms.ok ? done({ ...found.value, vms: vms.value }) : vms;
}
