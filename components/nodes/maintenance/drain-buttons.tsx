"use client";

import { Suspense, useState } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { useConsole } from "@/components/shell/console-context";
import { extendMaintenance } from "@/lib/actions/maintenance";
import { COMMANDS } from "@/lib/domain/lifecycle";
import { DRAIN, MAINTENANCE } from "@/lib/messages/maintenance";
import type { Refusal } from "@/lib/outcome";
import type { NodeRow } from "@/lib/services/nodes/read";
import { whyNot } from "../commands";
import { useDialogAddress } from "../dialogs/address";
import { UNREACHED } from "../dialogs/shell";

type DrainButtonsProps = { node: NodeRow; stands: boolean };

export function DrainButtons(props: DrainButtonsProps) {
  return (
    <Suspense>
      <Buttons {...props} />
    </Suspense>
  );
}

function Buttons({ node, stands }: DrainButtonsProps) {
  const facts = useConsole();
  const { open } = useDialogAddress();
  const refused = (command: "continueMaintenance" | "cancelMaintenance" | "forceMaintenance") => whyNot(command, node, facts)?.reason;
  return (
    <>
      {stands ? (
        <Button variant="primary" disabledReason={refused("continueMaintenance")} onClick={() => open("continueMaintenance", node.id)}>
          {COMMANDS.continueMaintenance.label}
        </Button>
      ) : (
        <Extend node={node} />
      )}
      <Button disabledReason={refused("cancelMaintenance")} onClick={() => open("cancelMaintenance", node.id)}>
        {COMMANDS.cancelMaintenance.label}
      </Button>
      <Button disabledReason={refused("forceMaintenance")} onClick={() => open("forceMaintenance", node.id)}>
        {MAINTENANCE.force}
      </Button>
    </>
  );
}

function Extend({ node }: { node: NodeRow }) {
  const [busy, setBusy] = useState(false);
  const refused = whyNot("extendMaintenance", node, useConsole())?.reason;
  const extend = async () => {
    setBusy(true);
    const outcome = await extendMaintenance({ nodeId: node.id }).catch((): Refusal => UNREACHED);
    setBusy(false);
    if (outcome.ok) toast.success(DRAIN.extended);
    else toast.error(outcome.reason, { description: outcome.hint });
  };
  return (
    <Button busy={busy} disabledReason={refused} onClick={() => void extend()}>
      {COMMANDS.extendMaintenance.label}
    </Button>
  );
}
