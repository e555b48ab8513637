import type { Prisma } from "../../generated/prisma/client";
import type { NodeStatus } from "../../domain/status";
import type { Tx } from "../../db";
import { actorId, type Actor } from "../actor";

export type NewEvent = {
  /** Dotted word for filters, e.g. "node.status". */
  kind: string;
  severity?: "info" | "warning" | "error";
  message: string;
  actor: Actor;
  node?: { id: string; name: string; ip: string; version: number };
  from?: NodeStatus | null;
  to?: NodeStatus | null;
  transition?: string;
  operationId?: string;
  details?: Prisma.InputJsonObject;
};

/**
 * Appends to the write-once log inside the transaction that makes the event true. PostgreSQL sets id, time and hash.
 * The chain's end is locked until the commit, so this is the last write of a transaction, after node and operation.
 */
export async function record(tx: Tx, event: NewEvent): Promise<void> {
  const { node, actor } = event;
  await tx.$executeRaw`
    INSERT INTO event (id, at, prev_hash, hash, kind, severity, message, node_id, node_name, node_ip, node_version,
                       from_status, to_status, transition, operation_id, actor_kind, actor_id, actor_name, details)
    VALUES (0, now(), '', '', ${event.kind}, ${event.severity ?? "info"}, ${event.message}, ${node?.id ?? null}::uuid, ${node?.name ?? null},
            ${node?.ip ?? null}, ${node?.version ?? null}, ${event.from ?? null}::node_status, ${event.to ?? null}::node_status, ${event.transition ?? null},
            ${event.operationId ?? null}::uuid, ${actor.kind}, ${actorId(actor)}::uuid, ${actor.name}, ${JSON.stringify(event.details ?? {})}::jsonb)`;
}
