import type { Inventory, Vm } from "./inventory";

const HOLDS_NONE = ["shut off", "crashed"];

/** What virtual machines that are not shut off were given, in bytes. */
export const givenBytes = (vms: readonly Pick<Vm, "state" | "memoryBytes">[]): number =>
  vms.filter(({ state }) => !HOLDS_NONE.includes(state)).reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);

/** What is left of so much memory for more virtual machines, in bytes. */
export const leftBytes = (memoryBytes: number, vms: readonly Pick<Vm, "state" | "memoryBytes">[]): number =>
  Math.max(0, memoryBytes - givenBytes(vms));

/**
 * The memory of a node as virtual machines see it, in bytes: what those that are not shut off were given, and what is left for
 * more. Null where no hypervisor runs, for then nothing is known.
 */
export function vmMemory({
  hypervisor,
  memory,
  vms,
}: Pick<Inventory, "hypervisor" | "memory" | "vms">): { totalBytes: number; availableBytes: number } | null {
  if (!hypervisor.running) return null;
  return { totalBytes: givenBytes(vms), availableBytes: leftBytes(memory.totalBytes, vms) };
}
