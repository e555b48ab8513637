import type { Inventory } from "../../domain/inventory";

/** The virtual machines that run on a machine, by what its inspection found. */
export const runningVms = ({ vms }: Inventory): string[] =>
  vms.filter(({ state }) => state !== "shut off" && state !== "crashed").map(({ name }) => name);
