"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { activateNode } from "@/lib/actions/maintenance";
import { ACTIVATE, STAY } from "@/lib/messages/maintenance";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";
import { linesAway, useStay } from "./use-stay";

export function ActivateDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  const stay = useStay(node.id).stay?.maintenance;
  const away = linesAway(stay);
  return (
    <NodeDialog
      command="activate"
      node={node}
      title={ACTIVATE.title(node.name)}
      submit={ACTIVATE.submit}
      words={{ progress: ACTIVATE.progress(node.name), success: ACTIVATE.done(node.name), failure: ACTIVATE.failed }}
      onSubmit={(form, key, target) => activateNode({ ...target, bringBack: form.get("bringBack") === "on" }, key)}
      onClose={onClose}
    >
      <div className="grid gap-3">
        <p>{ACTIVATE.what}</p>
        <p>{stay?.cameFrom === "Fenced" ? ACTIVATE.way.fenced : ACTIVATE.way.usual}</p>
        {away.length > 0 && (
          <div className="grid gap-1">
            <Checkbox name="bringBack" label={ACTIVATE.back(away.length)} description={ACTIVATE.backHelp} />
            <p className="ps-6 text-sm wrap-anywhere text-muted">{STAY.elsewhere(away)}</p>
          </div>
        )}
        {stay?.forced && <p className="text-muted">{ACTIVATE.stopped}</p>}
      </div>
    </NodeDialog>
  );
}
