import type { Tx } from "../../db";
import type { Node } from "../../generated/prisma/client";
import { refuse } from "../../outcome";
import { actorId, type Actor } from "../actor";
import { record } from "../events/record";
import { endEarly } from "../operations/end-early";
import { startOperation } from "../operations/start";
import type { RegionRow } from "../region";
import { bootOf, lastVms } from "./last-seen";

export type NewFence = { by: Actor; idempotencyKey?: string | null; cause: string; manual: boolean };

/**
 * Begins to cut a node off: what runs on it is ended, and the attempt and its operation stand together. PostgreSQL lets one be in flight
 * at a time.
 */
export async function beginFence(
  tx: Tx,
  node: Node,
  region: RegionRow,
  { by, idempotencyKey = null, cause, manual }: NewFence,
): Promise<string> {
  await endEarly(tx, node, region.now, refuse("fenced", `${node.name} is being fenced.`));
  const operationId = await startOperation(tx, {
    kind: "fence",
    call: { actor: by, idempotencyKey },
    ip: node.ip,
    node,
    request: { manual },
    now: region.now,
  });
  const vms = (await lastVms(node)).map((vm) => ({ ...vm, fate: "Not known yet." }));
  await tx.fence.create({
    data: {
      nodeId: node.id,
      operationId,
      state: "running",
      cause,
      vms,
      bootId: await bootOf(tx, node.id),
      actorId: actorId(by),
      actorName: by.name,
      startedAt: region.now,
    },
  });
  await record(tx, {
    kind: "fence.began",
    severity: "warning",
    message: `${by.kind === "user" ? `${by.name} began` : "Regent began"} to fence ${node.name}: ${cause}`,
    actor: by,
    node,
    operationId,
  });
  return operationId;
}
