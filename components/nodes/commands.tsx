"use client";

import { ExternalLink } from "lucide-react";
import { MenuItem, MenuLink } from "@/components/ui/menu";
import type { ConsoleFacts } from "@/components/shell/console-context";
import { COMMANDS, refusal, type CommandName } from "@/lib/domain/lifecycle";
import type { Refusal } from "@/lib/outcome";
import type { NodeRow } from "@/lib/services/nodes/read";
import type { NodeDialogName } from "./dialogs/names";

/** Commands that have a dialog already, in the places the mission names. */
export const TOOLBAR_COMMANDS = ["modify", "join", "delete", "accept"] as const satisfies readonly NodeDialogName[];
export const MENU_COMMANDS = ["reject", "reconsider", "rename", "reinspect", "retrust"] as const satisfies readonly NodeDialogName[];

/** Why a command is not possible on this row now, in the words the server would use. */
export function whyNot(command: CommandName, node: NodeRow, { user, settings, region }: ConsoleFacts): Refusal | null {
  return refusal(command, node, { role: user.role, now: new Date(), settings, region, activeOperation: node.operation });
}

/** The menu of one node: every command is there, a refused one with its reason. */
export function CommandItems({
  node,
  context,
  onCommand,
}: {
  node: NodeRow;
  context: ConsoleFacts;
  onCommand: (command: NodeDialogName) => void;
}) {
  return (
    <>
      {[...TOOLBAR_COMMANDS, ...MENU_COMMANDS].map((command) => (
        <MenuItem
          key={command}
          danger={command === "delete"}
          disabledReason={whyNot(command, node, context)?.reason}
          onSelect={() => onCommand(command)}
        >
          {COMMANDS[command].label}
        </MenuItem>
      ))}
      <ConfigureItem node={node} context={context} />
    </>
  );
}

/** The node's own installer, in a tab of its own that gets no handle to this one. The address is the validated, stored one. */
function ConfigureItem({ node, context }: { node: NodeRow; context: ConsoleFacts }) {
  const refused = whyNot("configure", node, context);
  if (refused) return <MenuItem disabledReason={refused.reason}>{COMMANDS.configure.label}</MenuItem>;
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
