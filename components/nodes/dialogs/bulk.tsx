"use client";

import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useConsole } from "@/components/shell/console-context";
import { startBulk } from "@/lib/actions/operations";
import { BULK_MAX, split as splitNodes, type BulkCommand } from "@/lib/domain/bulk";
import { BULK } from "@/lib/messages/bulk";
import type { Refusal } from "@/lib/outcome";
import type { NodeRow } from "@/lib/services/nodes/read";
import { BulkSplit } from "./bulk-split";
import { BulkTags } from "./bulk-tags";
import { followOperation } from "./follow";
import { requestKey } from "@/components/shell/request-key";
import { UNREACHED } from "./shell";
import { useKeptTrue } from "./use-kept-true";
import { useTagChanges } from "./use-tag-changes";

export type BulkDialogProps = {
  command: BulkCommand;
  /** As they were selected. */
  nodes: NodeRow[];
  onClose: () => void;
  onStarted?: ((operationId: string) => void) | undefined;
};

/** One command on many nodes: first on which of them it is possible, then one operation that tells of each. */
export function BulkDialog({ command, nodes, onClose, onStarted }: BulkDialogProps) {
  const facts = useConsole();
  const rows = useKeptTrue(nodes);
  const parts = splitNodes(command, rows, { ...facts, role: facts.user.role, now: new Date() });
  const { rows: tags, add, toggle, changes } = useTagChanges(parts.can);
  const { busy, refusal, send } = useStart({ command, nodes, onClose, onStarted });
  const unchanged = command === "tags" && changes.add.length + changes.remove.length === 0;
  const count = parts.can.length;
  const reason = count === 0 ? BULK.none(command) : count > BULK_MAX ? BULK.tooMany : unchanged ? BULK.noChange : undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      title={BULK.title(command)}
      description={BULK.help[command]}
      busy={busy}
      refusal={refusal}
      form={{
        onSubmit: (event) => {
          event.preventDefault();
          const typed = String(new FormData(event.currentTarget).get("reason") ?? "");
          if (!reason) void send(parts.can, { ...(typed ? { reason: typed } : {}), ...(command === "tags" ? changes : {}) });
        },
      }}
      footer={
        <>
          <DialogCancel />
          <Button type="submit" variant={command === "delete" ? "danger" : "primary"} busy={busy} disabledReason={reason}>
            {BULK.act(command, count)}
          </Button>
        </>
      }
    >
      <div className="grid gap-5">
        <BulkSplit command={command} split={parts} />
        {command === "reject" && count > 0 && (
          <Field label="Reason" help={BULK.reason}>
            {(control) => <Textarea {...control} name="reason" maxLength={500} rows={3} />}
          </Field>
        )}
        {command === "tags" && count > 0 && <BulkTags rows={tags} onToggle={toggle} onAdd={add} />}
      </div>
    </Dialog>
  );
}

type Rest = { reason?: string; add?: string[]; remove?: string[] };

/** Sends the nodes in the version in which they were selected: what changed since is refused line by line, with who changed what. */
function useStart({ command, nodes, onClose, onStarted }: BulkDialogProps) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const key = useRef(requestKey());
  const [versions] = useState(() => new Map(nodes.map(({ id, version }) => [id, version])));
  const send = async (can: readonly NodeRow[], rest: Rest) => {
    setBusy(true);
    setRefusal(null);
    const targets = can.map(({ id, version }) => ({ nodeId: id, version: versions.get(id) ?? version }));
    const outcome = await startBulk({ command, targets, ...rest }, key.current).catch((): Refusal => UNREACHED);
    setBusy(false);
    // The next press is a new request: this one has been answered.
    if (outcome !== UNREACHED) key.current = requestKey();
    if (!outcome.ok) return setRefusal(outcome);
    onClose();
    followOperation(outcome.value.operationId, { progress: BULK.acting(command, targets.length) });
    onStarted?.(outcome.value.operationId);
  };
  return { busy, refusal, send };
}
