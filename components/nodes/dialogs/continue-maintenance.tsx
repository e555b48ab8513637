"use client";

import { continueMaintenance } from "@/lib/actions/maintenance";
import { CONTINUE, MAINTENANCE } from "@/lib/messages/maintenance";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";
import { useStay } from "./use-stay";

const LEFT: readonly string[] = ["waiting", "moving", "failed"];

export function ContinueMaintenanceDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  const { stay } = useStay(node.id);
  const left = stay?.maintenance?.lines.filter(({ state }) => LEFT.includes(state)).length ?? 0;
  return (
    <NodeDialog
      command="continueMaintenance"
      node={node}
      title={CONTINUE.title(node.name)}
      submit={CONTINUE.submit}
      size="small"
      words={{ progress: MAINTENANCE.started(node.name), success: MAINTENANCE.entered(node.name), failure: MAINTENANCE.stands }}
      onSubmit={(_, key, target) => continueMaintenance(target, key)}
      onClose={onClose}
    >
      <div className="grid gap-2">
        <p>{CONTINUE.what}</p>
        {left > 0 && <p className="text-muted">{CONTINUE.left(left)}</p>}
      </div>
    </NodeDialog>
  );
}
