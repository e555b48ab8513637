"use client";

import { Suspense } from "react";
import { Button } from "@/components/ui/button";
import { useConsole } from "@/components/shell/console-context";
import { COMMANDS } from "@/lib/domain/lifecycle";
import type { NodeRow } from "@/lib/services/nodes/read";
import { whyNot } from "../commands";
import { useDialogAddress } from "../dialogs/address";

type OpenButtonProps = { command: "activate" | "moveBack"; node: NodeRow };

/** Opens the dialog of a command, or says why it is refused. */
export function OpenButton(props: OpenButtonProps) {
  return (
    <Suspense>
      <Opens {...props} />
    </Suspense>
  );
}

function Opens({ command, node }: OpenButtonProps) {
  const refused = whyNot(command, node, useConsole())?.reason;
  const { open } = useDialogAddress();
  return (
    <Button disabledReason={refused} onClick={() => open(command, node.id)}>
      {COMMANDS[command].label}
    </Button>
  );
}
