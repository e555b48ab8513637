import { db, type Tx } from "../../db";
import type { BulkCommand } from "../../domain/bulk";
import { SEVERAL } from "../../messages/several";
import { done, refuse, type Outcome, type Refusal } from "../../outcome";
import type { Call } from "../call";
import type { Started } from "../nodes/start-once";
import { bulkOf } from "./cancel";
import { begin, type BulkTarget } from "./start";

/** The same command again on the nodes where it failed, as they are now: a new operation, whose lines say how it went this time. */
export async function retryBulk({ operationId }: { operationId: string }, call: Call): Promise<Outcome<Started>> {
  const bulk = await bulkOf(db, operationId, call.actor);
  if (!bulk.ok) return bulk;
  const { operation, request } = bulk.value;
  if (request.command === "look" || request.command === "add") return SEVERAL.retryByDialog;
  if (operation.finishedAt === null)
    return refuse("still-running", "This operation has not ended.", { hint: "Wait until every node has its answer." });
  const { command } = request;
  return begin(call, { ...request, retryOf: operationId }, (tx) => failedNodes(tx, operationId, command));
}

/**
 * Those that a second try can help, as they are now. An Accept that failed under way has left its node Failed. And what somebody
 * changed meanwhile is not deleted before anybody has looked at it, because that can not be taken back.
 */
async function failedNodes(tx: Tx, operationId: string, command: BulkCommand): Promise<Outcome<BulkTarget[]>> {
  const all = await tx.operationItem.findMany({ where: { operationId, state: "failed" }, orderBy: { position: "asc" } });
  // Refusals are written by endItem only.
  const failed = all.filter(({ refusal }) => command !== "delete" || (refusal as Refusal | null)?.code !== "stale");
  const nodes = await tx.node.findMany({
    where: { id: { in: failed.map(({ nodeId }) => nodeId) }, ...(command === "accept" ? { status: "Candidate" } : {}) },
    select: { id: true, version: true },
  });
  const versions = new Map(nodes.map(({ id, version }) => [id, version]));
  const targets = failed.flatMap(({ nodeId }) => {
    const version = versions.get(nodeId);
    return version === undefined ? [] : [{ nodeId, version }];
  });
  if (targets.length) return done(targets);
  return refuse("nothing-failed", all.length ? "A second try can help none of the nodes that failed." : "No node failed.", {
    hint: "Each line says why. The list shows what the nodes are now.",
  });
}
