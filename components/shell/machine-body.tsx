"use client";

import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-text";
import { OPERATIONS_DRAWER } from "@/lib/messages/console";
import type { OperationView } from "@/lib/services/operations/read";
import { OperationLadder, rungsOf } from "../nodes/operation-ladder";
import { operationText } from "./operation-text";

/** Work on one machine: its steps, and why it failed. */
export function MachineBody({ operation }: { operation: OperationView }) {
  const { refusal } = operation;
  return (
    <div className="grid gap-3">
      {refusal && (
        <Callout kind="danger" title={refusal.reason}>
          {refusal.hint}
        </Callout>
      )}
      <OperationLadder label={`Steps of ${operation.label}`} rungs={rungsOf(operation)} />
      <CopyButton size="small" className="w-fit" text={() => operationText(operation)}>
        {OPERATIONS_DRAWER.copy}
      </CopyButton>
    </div>
  );
}
