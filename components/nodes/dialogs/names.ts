import type { CommandName } from "@/lib/domain/lifecycle";

/** The commands of a node that have a dialog, by their word in the address. */
export const NODE_DIALOGS = [
  "modify",
  "join",
  "delete",
  "accept",
  "reject",
  "reconsider",
  "rename",
  "reinspect",
  "retrust",
  "revokeTrust",
  "power",
  "powerOn",
  "powerCycle",
  "fence",
  "confirmOff",
  "maintenance",
  "forceMaintenance",
  "cancelMaintenance",
  "continueMaintenance",
  "moveBack",
  "activate",
  "remove",
] as const satisfies readonly CommandName[];

export type NodeDialogName = (typeof NODE_DIALOGS)[number];
export type DialogName = NodeDialogName | "add" | "several";

export const isNodeDialogName = (name: string | null): name is NodeDialogName =>
  name !== null && (NODE_DIALOGS as readonly string[]).includes(name);
