"use client";

import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import type { ConsoleFacts } from "@/components/shell/console-context";
import { COMMANDS } from "@/lib/domain/lifecycle";
import { SELECTION } from "@/lib/messages/list";
import { TOOLBAR_COMMANDS, whyNotAll, type Opened } from "./commands";
import type { CommandsProps } from "./command-menu";
import { CommandsButton } from "./commands-button";
import type { Selection } from "./selection";

type ToolbarProps = {
  selection: Selection;
  /** Nodes in the region, whether shown or not. */
  count: number;
  context: ConsoleFacts;
  /** Why nothing can be done to any of them. */
  refused: string | undefined;
  onCommand: (command: Opened) => void;
  onShowHidden: () => void;
};

/** Never changes its shape: every action is always there, and says in words why it is not possible now. */
export function Toolbar({ selection, count, context, refused, onCommand, onShowHidden }: ToolbarProps) {
  const { nodes, hidden, everything } = selection;
  const id = useId();
  const reasons = TOOLBAR_COMMANDS.map((command) => refused ?? whyNotAll(command, nodes, context));
  const said = [...new Set(reasons.filter((reason) => reason !== undefined))];
  return (
    <div
      role="toolbar"
      aria-label="Actions on the selected nodes"
      className="flex flex-wrap items-center gap-2 rounded-md border border-line bg-panel px-2 py-1.5"
    >
      {TOOLBAR_COMMANDS.map((command, index) => (
        <Button
          key={command}
          disabledReason={reasons[index]}
          reasonId={`${id}-${said.indexOf(reasons[index] ?? "")}`}
          onClick={() => onCommand(command)}
        >
          {COMMANDS[command].label}
        </Button>
      ))}
      <ActionsMenu nodes={nodes} context={context} refused={refused} onCommand={onCommand} reasonId={`${id}-0`} />
      <p className="min-h-8 min-w-0 flex-1 content-center ps-1 text-sm">
        {nodes.length > 0 && (
          <span className="me-2">
            <span className="font-medium">{everything ? SELECTION.everything(nodes.length) : SELECTION.count(nodes.length, count)}</span>{" "}
            {nodes.length === 1 && <bdi>{nodes[0]?.name}</bdi>}
          </span>
        )}
        {hidden.length > 0 && (
          <span className="me-2">
            {SELECTION.hidden(hidden.length)}{" "}
            <Button variant="ghost" size="small" onClick={onShowHidden}>
              Show
            </Button>
          </span>
        )}
        {said.map((reason, index) => (
          <span key={reason} id={`${id}-${index}`} className="text-muted">
            {reason}{" "}
          </span>
        ))}
      </p>
      <Button
        variant="ghost"
        size="small"
        disabledReason={nodes.length ? undefined : SELECTION.nothing}
        reasonId={`${id}-0`}
        onClick={selection.clear}
      >
        Clear
      </Button>
    </div>
  );
}

function ActionsMenu({ reasonId, refused, ...menu }: CommandsProps & { reasonId: string; refused: string | undefined }) {
  const nothing = menu.nodes.length === 0;
  const button = (
    <Button disabledReason={refused ?? (nothing ? SELECTION.nothing : undefined)} reasonId={reasonId}>
      Actions <ChevronDown aria-hidden size={14} />
    </Button>
  );
  // Asked for anew with each selection: it must not spring open by itself when one is made.
  return <CommandsButton key={String(nothing)} button={button} {...menu} />;
}
