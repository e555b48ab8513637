import type { Inventory } from "../../domain/inventory";
import { holdsMemory } from "../../domain/placement";
import { probe } from "../../machines/ask";
import type { Machine } from "../../machines/dial";
import { listVms } from "../../machines/hypervisor";
import { done, refuse, type Outcome, type Refusal } from "../../outcome";

/** The virtual machines that run on a machine, by what its inspection found. */
export const runningVms = ({ vms }: Pick<Inventory, "vms">): string[] => vms.filter(holdsMemory).map(({ name }) => name);

/** An inspection whose virtual machines the hypervisor itself has just told: one that is silent is refused, not taken for an empty one. */
export async function probeWithVms(machine: Machine): Promise<Outcome<Inventory>> {
  const found = await probe(machine);
  if (!found.ok || found.value.hypervisor.libvirt === null) return found;
  const vms = await listVms(machine);
  return vms.ok ? done({ ...found.value, vms: vms.value }) : vms;
}

/** What was there when a node was cut off may run elsewhere by now, and must not run twice. */
export const oldVmsRefusal = (name: string, running: readonly string[]): Refusal | null =>
  running.length
    ? refuse("old-vms", `${name} still runs ${running.join(", ")}.`, { hint: "Shut them down: they may run elsewhere by now." })
    : null;
