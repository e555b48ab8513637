import { db, type Tx } from "../../db";
import { done, refuse, type Outcome } from "../../outcome";
import type { Call } from "../call";
import type { Started } from "../nodes/start-once";
import { bulkOf } from "./cancel";
import { begin, type BulkTarget } from "./start";

/** The same command again on the nodes where it failed, as they are now: a new operation, whose lines say how it went this time. */
export async function retryBulk({ operationId }: { operationId: string }, call: Call): Promise<Outcome<Started>> {
  const bulk = await bulkOf(db, operationId, call.actor);
  if (!bulk.ok) return bulk;
  const { operation, request } = bulk.value;
  if (operation.finishedAt === null)
    return refuse("still-running", "This operation has not ended.", { hint: "Wait until every node has its answer." });
  return begin(call, { ...request, retryOf: operationId }, (tx) => failedNodes(tx, operationId));
}

async function failedNodes(tx: Tx, operationId: string): Promise<Outcome<BulkTarget[]>> {
  const failed = await tx.operationItem.findMany({ where: { operationId, state: "failed" }, orderBy: { position: "asc" } });
  const nodes = await tx.node.findMany({ where: { id: { in: failed.map(({ nodeId }) => nodeId) } }, select: { id: true, version: true } });
  const versions = new Map(nodes.map(({ id, version }) => [id, version]));
  const targets = failed.flatMap(({ nodeId }) => {
    const version = versions.get(nodeId);
    return version === undefined ? [] : [{ nodeId, version }];
  });
  if (targets.length) return done(targets);
  return refuse("nothing-failed", failed.length ? "The nodes that failed were deleted." : "No node failed.", {
    hint: "The list shows what is there now.",
  });
}
