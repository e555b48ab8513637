"use client";

import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import type { ConsoleFacts } from "@/components/shell/console-context";
import { COMMANDS } from "@/lib/domain/lifecycle";
import type { NodeRow } from "@/lib/services/nodes/read";
import { CommandItems, TOOLBAR_COMMANDS, whyNot } from "./commands";
import { useDialogAddress } from "./dialogs/address";

type ToolbarProps = { selected: NodeRow | null; shown: boolean; context: ConsoleFacts; onClear: () => void };

const NOTHING_SELECTED = "Select a node to act on it.";

/** Never changes its shape: every action is always there, and says in words why it is not possible now. */
export function Toolbar({ selected, shown, context, onClear }: ToolbarProps) {
  const { open } = useDialogAddress();
  const id = useId();
  const reasons = TOOLBAR_COMMANDS.map((command) => (selected ? whyNot(command, selected, context)?.reason : NOTHING_SELECTED));
  const said = [...new Set(reasons.filter((reason) => reason !== undefined))];
  return (
    <div
      role="toolbar"
      aria-label="Actions on the selected node"
      className="flex flex-wrap items-center gap-2 rounded-md border border-line bg-panel px-2 py-1.5"
    >
      {TOOLBAR_COMMANDS.map((command, index) => (
        <Button
          key={command}
          disabledReason={reasons[index]}
          reasonId={`${id}-${said.indexOf(reasons[index] ?? "")}`}
          onClick={() => selected && open(command, selected.id)}
        >
          {COMMANDS[command].label}
        </Button>
      ))}
      {selected ? (
        <Menu
          trigger={
            <Button>
              Actions <ChevronDown aria-hidden size={14} />
            </Button>
          }
        >
          <CommandItems node={selected} context={context} onCommand={(command) => open(command, selected.id)} />
        </Menu>
      ) : (
        <Button disabledReason={NOTHING_SELECTED} reasonId={`${id}-0`}>
          Actions <ChevronDown aria-hidden size={14} />
        </Button>
      )}
      <div className="min-w-0 flex-1 ps-1">
        {selected && (
          <>
            <span className="font-medium">1 selected</span> <bdi>{selected.name}</bdi>
            {!shown && <span className="text-muted"> (hidden by the filter)</span>}{" "}
          </>
        )}
        {said.map((reason, index) => (
          <span key={reason} id={`${id}-${index}`} className="text-sm text-muted">
            {reason}{" "}
          </span>
        ))}
      </div>
      {selected && (
        <Button variant="ghost" size="small" onClick={onClear}>
          Clear
        </Button>
      )}
    </div>
  );
}
