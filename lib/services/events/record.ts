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

/** Several at once, in their order: a round of alarms may change a thousand states together. None of them changes a status. */
export async function recordMany(tx: Tx, events: readonly Omit<NewEvent, "from" | "to" | "transition" | "operationId">[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ kind, severity = "info", message, node, actor, details = {} }, place) => ({
    place,
    kind,
    severity,
    message,
    node_id: node?.id ?? null,
    node_name: node?.name ?? null,
    node_ip: node?.ip ?? null,
    node_version: node?.version ?? null,
    actor_kind: actor.kind,
    actor_id: actorId(actor),
    actor_name: actor.name,
    details,
  }));
  await tx.$executeRaw`
    INSERT INTO event (id, at, prev_hash, hash, kind, severity, message, node_id, node_name, node_ip, node_version, actor_kind, actor_id, actor_name, details)
    SELECT 0, now(), '', '', r.kind, r.severity, r.message, r.node_id, r.node_name, r.node_ip, r.node_version, r.actor_kind, r.actor_id, r.actor_name, r.details
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (place integer, kind text, severity text, message text, node_id uuid, node_name text,
      node_ip text, node_version integer, actor_kind text, actor_id uuid, actor_name text, details jsonb) ORDER BY r.place`;
}
