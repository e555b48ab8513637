"use client";

import { ChevronDown } from "lucide-react";
import { Suspense } from "react";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { useConsole } from "@/components/shell/console-context";
import { COMMANDS } from "@/lib/domain/lifecycle";
import type { NodeDetail } from "@/lib/services/nodes/read";
import { CommandItems, whyNot } from "./commands";
import { useDialogAddress } from "./dialogs/address";

function Actions({ node }: { node: NodeDetail }) {
  const context = useConsole();
  const { open } = useDialogAddress();
  return (
    <>
      <Button disabledReason={whyNot("rename", node, context)?.reason} onClick={() => open("rename", node.id)}>
        {COMMANDS.rename.label}
      </Button>
      <Menu
        align="end"
        trigger={
          <Button>
            Actions <ChevronDown aria-hidden size={14} />
          </Button>
        }
      >
        <CommandItems node={node} context={context} onCommand={(command) => open(command, node.id)} />
      </Menu>
    </>
  );
}

/** What can be done with the node whose page this is. */
export function NodeActions({ node }: { node: NodeDetail }) {
  return (
    <Suspense>
      <Actions node={node} />
    </Suspense>
  );
}
