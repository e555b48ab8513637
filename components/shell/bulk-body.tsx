"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-text";
import { cancelBulk, retryBulk } from "@/lib/actions/operations";
import { bulkPermission, isServerWork } from "@/lib/domain/bulk";
import { permissionRefusal, permits } from "@/lib/domain/permissions";
import { BULK } from "@/lib/messages/bulk";
import { OPERATIONS_DRAWER } from "@/lib/messages/console";
import type { Outcome, Refusal } from "@/lib/outcome";
import type { OperationDetail } from "@/lib/services/operations/read";
import { followOperation } from "../nodes/dialogs/follow";
import { openAgain } from "../nodes/dialogs/several/beginning";
import { requestKey } from "./request-key";
import { UNREACHED } from "../nodes/dialogs/shell";
import { useConsole } from "./console-context";
import { turnDrawer } from "./drawer-address";
import { OperationItems } from "./operation-items";
import { operationText } from "./operation-text";
import { isRunning } from "./use-operations";

/** Work on many nodes: a line for each, and what can be done about those that failed or have not begun. */
export function BulkBody({ operation }: { operation: OperationDetail }) {
  const { user } = useConsole();
  const { busy, refusal, act } = useRequest();
  if (!operation.bulk) return null;
  const { command, counts } = operation.bulk;
  const permission = bulkPermission(command);
  const forbidden = permits(user.role, permission) ? undefined : permissionRefusal(permission).reason;
  const retry = () => {
    // Their password is typed again.
    if (isServerWork(command)) return openAgain(operation.id);
    act("retry", async (key) => {
      const outcome = await retryBulk({ operationId: operation.id }, key);
      if (!outcome.ok) return outcome;
      followOperation(outcome.value.operationId, { progress: BULK.acting(command, counts.failed) });
      turnDrawer(outcome.value.operationId);
      return outcome;
    });
  };
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2">
        {counts.failed > 0 && (
          <Button
            size="small"
            busy={busy === "retry"}
            disabledReason={forbidden ?? (isRunning(operation) ? BULK.retryLater : undefined)}
            onClick={retry}
          >
            {BULK.retry(counts.failed)}
          </Button>
        )}
        {counts.waiting > 0 && (
          <Button
            size="small"
            busy={busy === "cancel"}
            disabledReason={forbidden}
            onClick={() => act("cancel", (key) => cancelBulk({ operationId: operation.id }, key))}
          >
            {BULK.cancelRest}
          </Button>
        )}
        <CopyButton size="small" text={() => operationText(operation)}>
          {OPERATIONS_DRAWER.copy}
        </CopyButton>
      </div>
      {refusal && (
        <Callout kind="danger" role="alert" title={refusal.reason}>
          {refusal.hint}
        </Callout>
      )}
      <OperationItems operation={operation} />
    </div>
  );
}

/** One request at a time; its refusal stays until the next. */
function useRequest() {
  const [busy, setBusy] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const act = (name: string, request: (key: string) => Promise<Outcome<unknown>>) => {
    const send = async () => {
      setBusy(name);
      setRefusal(null);
      const outcome = await request(requestKey()).catch((): Refusal => UNREACHED);
      setBusy(null);
      if (!outcome.ok) setRefusal(outcome);
    };
    void send();
  };
  return { busy, refusal, act };
}
