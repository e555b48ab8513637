"use client";

import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { Menu, MenuItem, MenuLink } from "@/components/ui/menu";
import type { ConsoleFacts } from "@/components/shell/console-context";
import { COMMANDS, type CommandName } from "@/lib/domain/lifecycle";
import type { NodeRow } from "@/lib/services/nodes/read";
import { MENU_COMMANDS, opens, TOOLBAR_COMMANDS, whyNotAll, type Opened } from "./commands";

export type CommandsProps = { nodes: readonly NodeRow[]; context: ConsoleFacts; onCommand: (command: Opened) => void };

const RED: readonly CommandName[] = ["delete", "remove", "forceMaintenance", "powerCycle", "fence", "confirmOff"];

/** The menu of what is selected: every command is there, a refused one with its reason. It is open as soon as it is there, see OnAsk. */
export function CommandMenu({ trigger, align = "start", ...about }: CommandsProps & { trigger: ReactNode; align?: "start" | "end" }) {
  const { nodes, context, onCommand } = about;
  return (
    <Menu defaultOpen align={align} trigger={trigger}>
      {commandsFor(nodes).map((command) => (
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
    </Menu>
  );
}

/** Force Maintenance is inside the dialog Node Maintenance, which a node that is entering maintenance can not open any more. */
const commandsFor = (nodes: readonly NodeRow[]): CommandName[] =>
  [...TOOLBAR_COMMANDS, ...MENU_COMMANDS].flatMap((command) =>
    command === "maintenance" && nodes.length === 1 && nodes[0]?.status === "EnteringMaintenance" ? [command, "forceMaintenance"] : command,
  );

/** The node's own installer, in a tab of its own that gets no handle to this one. The address is the validated, stored one. */
function ConfigureItem({ nodes, context }: Pick<CommandsProps, "nodes" | "context">) {
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
