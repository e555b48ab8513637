"use client";

import { EllipsisVertical } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { ConsoleFacts } from "@/components/shell/console-context";
import type { NodeRow } from "@/lib/services/nodes/read";
import type { Opened } from "./commands";
import { CommandsButton } from "./commands-button";

type RowMenuProps = { node: NodeRow; context: ConsoleFacts; onCommand: (command: Opened) => void };

/** The menu of one row. */
export function RowMenu({ node, context, onCommand }: RowMenuProps) {
  const button = (
    <Button variant="ghost" size="icon" aria-label={`Actions for ${node.name}`}>
      <EllipsisVertical aria-hidden size={16} />
    </Button>
  );
  return <CommandsButton button={button} align="end" nodes={[node]} context={context} onCommand={onCommand} />;
}
