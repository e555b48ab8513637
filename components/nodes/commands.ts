import type { ConsoleFacts } from "@/components/shell/console-context";
import { isBulkCommand, type BulkCommand } from "@/lib/domain/bulk";
import { COMMANDS, refusal, type CommandName } from "@/lib/domain/lifecycle";
import { SELECTION } from "@/lib/messages/list";
import type { Refusal } from "@/lib/outcome";
import type { NodeRow } from "@/lib/services/nodes/read";
import { isNodeDialogName, type NodeDialogName } from "./dialogs/names";

/** In the places that the mission names; every command is always there. */
export const TOOLBAR_COMMANDS = ["modify", "join", "delete", "accept"] as const satisfies readonly CommandName[];
export const MENU_COMMANDS = [
  "reject",
  "reconsider",
  "rename",
  "tags",
  "maintenance",
  "continueMaintenance",
  "cancelMaintenance",
  "planMaintenance",
  "activate",
  "remove",
  "createAlarm",
  "reinspect",
  "retrust",
  "power",
  "powerOn",
  "powerCycle",
  "fence",
  "confirmOff",
] as const satisfies readonly CommandName[];

/** What a command may open: a dialog of one node, the one for many, or a page. */
export type Opened = NodeDialogName | BulkCommand | "planMaintenance" | "createAlarm";
const forMany = (command: CommandName): boolean => isBulkCommand(command) || command === "planMaintenance";
export const opens = (command: CommandName): command is Opened =>
  isNodeDialogName(command) || forMany(command) || command === "createAlarm";

/** Why a command is not possible on this row now, in the words the server would use. */
export function whyNot(command: CommandName, node: NodeRow, { user, settings, region }: ConsoleFacts): Refusal | null {
  return refusal(command, node, { role: user.role, now: new Date(), settings, region, activeOperation: node.operation });
}

/** Why a command is not possible on what is selected: the same words for one node, and for many only when none of them can. */
export function whyNotAll(command: CommandName, nodes: readonly NodeRow[], facts: ConsoleFacts): string | undefined {
  const [first] = nodes;
  if (!first) return SELECTION.nothing;
  if (nodes.length === 1) {
    return whyNot(command, first, facts)?.reason ?? (opens(command) || command === "configure" ? undefined : SELECTION.notYet);
  }
  if (!forMany(command)) return SELECTION.exactlyOne;
  let reason: string | undefined;
  for (const node of nodes) {
    const refused = whyNot(command, node, facts);
    if (!refused) return undefined;
    if (reason !== undefined && reason !== refused.reason) return SELECTION.noneCan(nodes.length, COMMANDS[command].label);
    reason = refused.reason;
  }
  return reason;
}
