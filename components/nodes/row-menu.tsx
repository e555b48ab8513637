"use client";

import { EllipsisVertical } from "lucide-react";
import { Button } from "@/components/ui/button";
import { OnAsk } from "@/components/ui/on-ask";
import { onDemand } from "@/components/ui/on-demand";
import type { ConsoleFacts } from "@/components/shell/console-context";
import type { NodeRow } from "@/lib/services/nodes/read";
import type { Opened } from "./commands";

export const CommandMenu = onDemand(() => import("./command-menu").then((module) => module.CommandMenu));

type RowMenuProps = { node: NodeRow; context: ConsoleFacts; onCommand: (command: Opened, node: NodeRow) => void };

/** The menu of one row: a plain button until it is pressed, so that a thousand rows cost no menu. */
export function RowMenu({ node, context, onCommand }: RowMenuProps) {
  return (
    <OnAsk
      haspopup="menu"
      button={
        <Button variant="ghost" size="icon" aria-label={`Actions for ${node.name}`}>
          <EllipsisVertical aria-hidden size={16} />
        </Button>
      }
    >
      {(trigger) => (
        <CommandMenu nodes={[node]} context={context} onCommand={(command) => onCommand(command, node)} trigger={trigger} align="end" />
      )}
    </OnAsk>
  );
}
