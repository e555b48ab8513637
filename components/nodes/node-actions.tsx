"use client";

import { ChevronDown, ExternalLink } from "lucide-react";
import { useRouter } from "next/navigation";
import { Suspense } from "react";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { useConsole } from "@/components/shell/console-context";
import { installerUrl } from "@/lib/domain/address";
import { COMMANDS } from "@/lib/domain/lifecycle";
import type { NodeRow } from "@/lib/services/nodes/read";
import { newAlarm } from "./alarm-address";
import { whyNot } from "./commands";
import { CommandsButton } from "./commands-button";
import { useDialogAddress } from "./dialogs/address";

function Actions({ node }: { node: NodeRow }) {
  const router = useRouter();
  const context = useConsole();
  const { open, openMany } = useDialogAddress();
  return (
    <>
      <Configure node={node} disabledReason={whyNot("configure", node, context)?.reason} />
      <Button disabledReason={whyNot("rename", node, context)?.reason} onClick={() => open("rename", node.id)}>
        {COMMANDS.rename.label}
      </Button>
      <CommandsButton
        button={
          <Button>
            Actions <ChevronDown aria-hidden size={14} />
          </Button>
        }
        align="end"
        nodes={[node]}
        context={context}
        onCommand={(command) => {
          if (command === "createAlarm") router.push(newAlarm(node.id));
          else if (command === "planMaintenance") openMany("plan", [node.id]);
          else if (command === "tags") openMany("bulk-tags", [node.id]);
          else open(command, node.id);
        }}
      />
    </>
  );
}

/** The node's own installer, in a tab of its own that gets no handle to this one. */
function Configure({ node, disabledReason }: { node: NodeRow; disabledReason: string | undefined }) {
  if (disabledReason) return <Button disabledReason={disabledReason}>{COMMANDS.configure.label}</Button>;
  return (
    <a href={installerUrl(node.ip)} target="_blank" rel="noopener noreferrer" className={buttonClass("ghost", "medium", "max-sm:-ms-3")}>
      {COMMANDS.configure.label}
      <span className="sr-only"> {node.name}, opens a new tab,</span>
      <ExternalLink aria-hidden size={14} />
      <span className="text-sm font-normal text-muted"> not encrypted</span>
    </a>
  );
}

/** What can be done with the node whose page this is. */
export function NodeActions({ node }: { node: NodeRow }) {
  return (
    <Suspense>
      <Actions node={node} />
    </Suspense>
  );
}
