"use client";

import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { KeyValues } from "@/components/ui/key-values";
import { removeNode } from "@/lib/actions/maintenance";
import { LOST_REASON_MIN } from "@/lib/domain/maintenance";
import { REMOVE } from "@/lib/messages/maintenance";
import { DIALOGS, FIELDS } from "@/lib/messages/mission";
import type { DialogNode } from "./node-of";
import { RemovalNotes } from "./removal-notes";
import { RemoveFields } from "./remove-fields";
import { NodeDialog } from "./shell";
import { useStay } from "./use-stay";

/** For good. What the last look at the machine found decides what is asked, and whether there is anything to press. */
export function RemoveDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  const { stay, read } = useStay(node.id);
  const [lost, setLost] = useState(false);
  const [typed, setTyped] = useState({ name: "", reason: "" });
  const found = stay?.removal.found?.refusal?.code;
  const degraded = found === "pools-degraded";
  const named = lost || found === "pools-unknown";
  const reason = typed.reason.trim();
  const name = named ? typed.name.trim() : undefined;
  const missing = named && name !== node.name ? REMOVE.needsName : lost && reason.length < LOST_REASON_MIN ? REMOVE.needsReason : undefined;
  return (
    <NodeDialog
      command="remove"
      node={node}
      title={DIALOGS.remove.title}
      submit={degraded ? null : DIALOGS.remove.submit}
      danger
      unavailable={stay ? missing : REMOVE.reading}
      words={{ progress: REMOVE.progress(node.name), success: REMOVE.done(node.name), failure: REMOVE.failed }}
      onSubmit={(_, key, target) => removeNode({ ...target, recordOnly: lost, name, reason }, key)}
      onClose={onClose}
    >
      {(refusal) => (
        <div className="grid gap-4">
          <KeyValues
            items={[
              { label: FIELDS.nodeIp, value: <code>{node.ip}</code> },
              { label: FIELDS.name, value: <bdi>{node.name}</bdi> },
            ]}
          />
          <RemovalNotes node={node} removal={stay?.removal} onAsked={read} />
          {!degraded && (
            <>
              <p>{REMOVE.what}</p>
              <p className="font-medium">{REMOVE.final}</p>
              <Checkbox
                label={REMOVE.lost}
                description={REMOVE.lostHelp}
                checked={lost}
                onChange={(event) => setLost(event.target.checked)}
              />
              <RemoveFields
                name={node.name}
                asks={{ name: named, reason: lost }}
                typed={typed}
                refusal={refusal}
                onType={(change) => setTyped({ ...typed, ...change })}
              />
            </>
          )}
        </div>
      )}
    </NodeDialog>
  );
}
