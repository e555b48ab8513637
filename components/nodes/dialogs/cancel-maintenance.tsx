"use client";

import { cancelMaintenance } from "@/lib/actions/maintenance";
import { NODE_STATUSES } from "@/lib/domain/status";
import { CANCEL } from "@/lib/messages/maintenance";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";
import { linesAway, useStay } from "./use-stay";

export function CancelMaintenanceDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  const { stay } = useStay(node.id);
  const { label } = NODE_STATUSES[stay?.maintenance?.cameFrom ?? "Active"];
  return (
    <NodeDialog
      command="cancelMaintenance"
      node={node}
      title={CANCEL.title(node.name)}
      submit={CANCEL.submit}
      cancel={CANCEL.keep}
      size="small"
      words={{ progress: CANCEL.progress(node.name), success: CANCEL.done(node.name) }}
      onSubmit={(_, key, target) => cancelMaintenance(target, key)}
      onClose={onClose}
    >
      <div className="grid gap-2">
        <p>{CANCEL.back(label)}</p>
        {stay && <p className="text-muted">{CANCEL.moved(linesAway(stay.maintenance).length)}</p>}
      </div>
    </NodeDialog>
  );
}
