"use client";

import { EllipsisVertical } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import type { ConsoleFacts } from "@/components/shell/console-context";
import type { NodeRow } from "@/lib/services/nodes/read";
import type { Opened } from "./commands";

const CommandMenu = lazy(() => import("./command-menu").then((module) => ({ default: module.CommandMenu })));

type RowMenuProps = { node: NodeRow; context: ConsoleFacts; onCommand: (command: Opened, node: NodeRow) => void };

/** The menu of one row: a plain button until it is pressed, so that a thousand rows cost no menu. */
export function RowMenu({ node, context, onCommand }: RowMenuProps) {
  const [asked, setAsked] = useState(false);
  const trigger = (
    <Button variant="ghost" size="icon" aria-label={`Actions for ${node.name}`} aria-haspopup="menu" onClick={() => setAsked(true)}>
      <EllipsisVertical aria-hidden size={16} />
    </Button>
  );
  if (!asked) return trigger;
  return (
    <Suspense fallback={trigger}>
      <CommandMenu nodes={[node]} context={context} onCommand={(command) => onCommand(command, node)} trigger={trigger} align="end" />
    </Suspense>
  );
}
