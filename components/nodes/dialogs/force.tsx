"use client";

import { useState } from "react";
import { forceMaintenance } from "@/lib/actions/maintenance";
import { FORCE_REASON_MIN } from "@/lib/domain/maintenance";
import { FORCE } from "@/lib/messages/maintenance";
import { DIALOGS, TOASTS } from "@/lib/messages/mission";
import { ForceFields } from "./force-fields";
import { ForceTimer } from "./force-timer";
import { ForceWarning } from "./force-warning";
import type { DialogNode } from "./node-of";
import { NodeDialog } from "./shell";
import { useChallenge, type ChallengeState } from "./use-challenge";

type ForceDialogProps = {
  node: DialogNode;
  onClose: () => void;
  /** As the second page of Node Maintenance: what was typed on the first one goes along. */
  reason?: string;
  onReason?: (reason: string) => void;
  onBack?: () => void;
};

/** The last resort. The button is refused until the safety timer of the server has run, and the server asks everything again. */
export function ForceDialog({ node, onClose, reason: given, onReason, onBack }: ForceDialogProps) {
  const [typed, setTyped] = useState({ reason: given ?? "", name: "" });
  const armed = useChallenge(node);
  const reason = typed.reason.trim();
  const name = typed.name.trim();
  return (
    <NodeDialog
      command="forceMaintenance"
      node={node}
      title={DIALOGS.maintenance.force}
      description={<bdi>{node.name}</bdi>}
      submit={DIALOGS.maintenance.force}
      danger
      dirty={typed.name !== "" || typed.reason !== (given ?? "")}
      onBack={onBack}
      unavailable={whyNotYet(armed, node, { reason, name })}
      words={{ progress: TOASTS.forced(node.name), success: FORCE.done(node.name), failure: FORCE.failed }}
      onSubmit={(_, key) => forceMaintenance({ nodeId: node.id, challengeId: armed.challenge?.id ?? "", name, reason }, key)}
      onClose={onClose}
    >
      {(refusal) => (
        <div className="grid gap-4">
          <ForceWarning name={node.name} vms={armed.challenge?.vms} />
          <ForceFields
            name={node.name}
            typed={typed}
            refusal={refusal}
            onType={(change) => {
              setTyped({ ...typed, ...change });
              if (change.reason !== undefined) onReason?.(change.reason);
            }}
          />
          <ForceTimer armed={armed} node={node} refusal={refusal} />
        </div>
      )}
    </NodeDialog>
  );
}

/** Why the button is refused: first the timer, then what is missing. */
function whyNotYet({ timer, challenge }: ChallengeState, node: DialogNode, typed: { reason: string; name: string }): string | undefined {
  if (!timer || !challenge) return FORCE.arming;
  if (timer.expired) return FORCE.expired;
  if (challenge.version !== node.version) return FORCE.changed(node.name);
  if (timer.left > 0) return FORCE.waits(timer.left);
  if (typed.reason.length < FORCE_REASON_MIN) return FORCE.needsReason;
  return typed.name === node.name ? undefined : FORCE.needsName;
}
