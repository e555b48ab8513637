"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyText } from "@/components/ui/copy-text";
import { Field } from "@/components/ui/field";
import { KeyValues } from "@/components/ui/key-values";
import { Textarea } from "@/components/ui/textarea";
import { beginMaintenance } from "@/lib/actions/maintenance";
import { MAINTENANCE } from "@/lib/messages/maintenance";
import { DIALOGS } from "@/lib/messages/mission";
import { StatusBadge } from "../status-badge";
import { ForceDialog } from "./force";
import { MigrationPlan } from "./migration-plan";
import type { DialogNode } from "./node-of";
import { PreflightChecks, whyUnavailable } from "./preflight-checks";
import { NodeDialog } from "./shell";
import { usePreflight } from "./use-preflight";
import { useRefusal } from "./use-refusal";

/** Two pages: the checks and the plan, and behind them the last resort. What was typed goes along. */
export function MaintenanceDialog({ node, onClose }: { node: DialogNode; onClose: () => void }) {
  const [forcing, setForcing] = useState(false);
  const [reason, setReason] = useState("");
  const { answer, old } = usePreflight(node.id);
  const noForce = useRefusal("forceMaintenance", node)?.reason;
  if (forcing) return <ForceDialog node={node} reason={reason} onReason={setReason} onBack={() => setForcing(false)} onClose={onClose} />;
  return (
    <NodeDialog
      command="maintenance"
      node={node}
      // Read from its top: the only field is optional, and below everything that decides.
      title={
        <span tabIndex={-1} data-autofocus className="outline-none">
          {DIALOGS.maintenance.title}
        </span>
      }
      submit={DIALOGS.maintenance.submit}
      size="large"
      dirty={reason !== ""}
      unavailable={whyUnavailable(answer?.view ?? null, old)}
      aside={
        <Button className={noForce ? "" : "border-danger! text-danger!"} disabledReason={noForce} onClick={() => setForcing(true)}>
          {MAINTENANCE.force}
        </Button>
      }
      words={{ progress: MAINTENANCE.started(node.name), success: MAINTENANCE.entered(node.name), failure: MAINTENANCE.stands }}
      onSubmit={(_, key, target) => beginMaintenance({ ...target, reason }, key)}
      onClose={onClose}
    >
      {(refusal) => (
        <div className="grid gap-5">
          <KeyValues
            items={[
              { label: "ID", value: <CopyText name="ID" text={node.id} /> },
              { label: "Name", value: <bdi>{node.name}</bdi> },
              { label: "Status", value: <StatusBadge status={node.status} /> },
            ]}
          />
          <PreflightChecks answer={answer} old={old} />
          {answer && <MigrationPlan view={answer.view} />}
          <Field label={MAINTENANCE.reason} help={MAINTENANCE.reasonHelp} error={refusal?.field === "reason" ? refusal.reason : null}>
            {(control) => (
              <Textarea {...control} rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
            )}
          </Field>
        </div>
      )}
    </NodeDialog>
  );
}
