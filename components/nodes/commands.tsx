"use client";

import { ExternalLink } from "lucide-react";
import { MenuItem, MenuLink } from "@/components/ui/menu";
import type { ConsoleFacts } from "@/components/shell/console-context";
import { isBulkCommand, type BulkCommand } from "@/lib/domain/bulk";
import { COMMANDS, refusal, type CommandName } from "@/lib/domain/lifecycle";
import { SELECTION } from "@/lib/messages";
import type { Refusal } from "@/lib/outcome";
import type { NodeRow } from "@/lib/services/nodes/read";
import { isNodeDialogName, type NodeDialogName } from "./dialogs/names";

/** In the places that the mission names; every command is always there. */
export const TOOLBAR_COMMANDS = ["modify", "join", "delete", "accept"] as const satisfies readonly CommandName[];
const MENU_COMMANDS = [
  "reject",
  "reconsider",
  "rename",
  "tags",
  "maintenance",
  "activate",
  "remove",
  "createAlarm",
  "reinspect",
  "retrust",
] as const satisfies readonly CommandName[];

const RED: readonly CommandName[] = ["delete", "remove"];

/** What a command may open: a dialog of one node, or the one for many. */
export type Opened = NodeDialogName | BulkCommand;
const opens = (command: CommandName): command is Opened => isNodeDialogName(command) || isBulkCommand(command);

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
  if (!isBulkCommand(command)) return SELECTION.exactlyOne;
  let reason: string | undefined;
  for (const node of nodes) {
    const refused = whyNot(command, node, facts);
    if (!refused) return undefined;
    if (reason !== undefined && reason !== refused.reason) return SELECTION.noneCan(nodes.length, COMMANDS[command].label);
    reason = refused.reason;
  }
  return reason;
}

/** The menu of what is selected: every command is there, a refused one with its reason. */
export function CommandItems({
  nodes,
  context,
  onCommand,
}: {
  nodes: readonly NodeRow[];
  context: ConsoleFacts;
  onCommand: (command: Opened) => void;
}) {
  return (
    <>
      {[...TOOLBAR_COMMANDS, ...MENU_COMMANDS].map((command) => (
        <MenuItem
          key={command}
          danger={RED.includes(command)}
          disabledReason={whyNotAll(command, nodes, context)}
          onSelect={() => opens(command) && onCommand(command)}
        >
          {COMMANDS[command].label}
        </MenuItem>
      ))}
      <ConfigureItem nodes={nodes} context={context} />
    </>
  );
}

/** The node's own installer, in a tab of its own that gets no handle to this one. The address is the validated, stored one. */
function ConfigureItem({ nodes, context }: { nodes: readonly NodeRow[]; context: ConsoleFacts }) {
  const [node] = nodes;
  const refused = whyNotAll("configure", nodes, context);
  if (!node || refused) return <MenuItem disabledReason={refused}>{COMMANDS.configure.label}</MenuItem>;
  return (
    <MenuLink>
      <a
        href={`http://${node.ip}/installer`}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={`Configure ${node.name}, opens a new tab, not encrypted`}
      >
        {COMMANDS.configure.label} <ExternalLink aria-hidden size={14} />
      </a>
    </MenuLink>
  );
}
