"use client";

import { moveBack } from "@/lib/actions/maintenance";
import { MOVE_BACK, STAY } from "@/lib/messages/maintenance";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";
import { linesAway, useStay } from "./use-stay";

export function MoveBackDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  const { stay } = useStay(node.id);
  const away = linesAway(stay?.maintenance);
  return (
    <NodeDialog
      command="moveBack"
      node={node}
      title={MOVE_BACK.title(node.name)}
      submit={MOVE_BACK.submit}
      size="small"
      unavailable={stay && away.length === 0 ? MOVE_BACK.none : undefined}
      words={{ progress: MOVE_BACK.progress(node.name), success: MOVE_BACK.done(node.name), failure: MOVE_BACK.failed }}
      onSubmit={(_, key) => moveBack({ nodeId: node.id }, key)}
      onClose={onClose}
    >
      {away.length > 0 && (
        <div className="grid gap-2">
          <p>{MOVE_BACK.what(away.length)}</p>
          <p className="wrap-anywhere text-muted">{STAY.elsewhere(away)}</p>
        </div>
      )}
    </NodeDialog>
  );
}
