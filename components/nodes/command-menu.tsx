"use client";

import type { ReactNode } from "react";
import { Menu } from "@/components/ui/menu";
import type { ConsoleFacts } from "@/components/shell/console-context";
import type { NodeRow } from "@/lib/services/nodes/read";
import { CommandItems, type Opened } from "./commands";

type CommandMenuProps = {
  nodes: readonly NodeRow[];
  context: ConsoleFacts;
  onCommand: (command: Opened) => void;
  trigger: ReactNode;
  align?: "start" | "end";
};

/** A menu that is open as soon as it is there: it was asked for before its code had come. */
export function CommandMenu({ nodes, context, onCommand, trigger, align = "start" }: CommandMenuProps) {
  return (
    <Menu defaultOpen align={align} trigger={trigger}>
      <CommandItems nodes={nodes} context={context} onCommand={onCommand} />
    </Menu>
  );
}
