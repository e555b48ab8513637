import { bulkResult, ITEM_STATES } from "@/lib/messages/bulk-result";
import type { ItemView } from "@/lib/services/bulk/read";
import type { OperationView } from "@/lib/services/operations/read";

/** An operation for a ticket or a chat: what it was and how it went, a line per node or step. */
export function operationText(operation: OperationView & { items?: ItemView[] }): string {
  const { label, nodeName, ip, actorName, createdAt, status, bulk, steps, refusal, items = [] } = operation;
  const on = nodeName ?? ip;
  const state = bulk ? bulkResult(bulk.command, bulk.counts) : refusal ? `failed. ${told(refusal)}` : `${status}.`;
  const lines = bulk
    ? items.map(
        (item) =>
          `${item.nodeName}: ${ITEM_STATES[item.state].toLowerCase()}${item.refusal && item.state === "failed" ? `. ${told(item.refusal)}` : ""}`,
      )
    : steps.map((step) => `${step.label}: ${step.state}${step.detail ? `. ${step.detail}` : ""}`);
  return [`${label}${on ? ` on ${on}` : ""}, started by ${actorName} at ${createdAt}: ${state}`, ...lines].join("\n");
}

const told = ({ reason, hint }: { reason: string; hint?: string }): string => (hint ? `${reason} ${hint}` : reason);
