import type { Prisma } from "../../generated/prisma/client";
import { OPERATIONS, type OperationKind } from "../../domain/operations";
import type { Tx } from "../../db";
import { actorId, type Actor } from "../actor";
import type { SealedPassword } from "./escrow";

export type NewOperation = {
  kind: OperationKind;
  /** Who asks; Regent itself begins some by itself. */
  call: { actor: Actor; idempotencyKey: string | null };
  /** The machine it dials; work on many nodes and tests of what is told have none. */
  ip?: string;
  /** The work on many nodes that it is part of. */
  parentId?: string | undefined;
  /** Instead of the kind's own. */
  deadlineMs?: number;
  /** The name is null while there is only the id that the node will have. */
  node?: { id: string; name: string | null };
  request?: Prisma.InputJsonObject;
  /** A password, sealed for the worker; deleted with the operation's end or after ten minutes. */
  password?: SealedPassword;
  now: Date;
  id?: string;
};

/** The line of work on many servers that an operation is for: the id is the one that the line's node will have. */
export type Part = { parentId: string; node: { id: string; name: null } };

/** A join or a drain may take half an hour; who waits at a dialog must not stand in line behind a rack of them. */
const QUEUES: Record<OperationKind, "operations" | "joins"> = {
  contact: "operations",
  inspect: "operations",
  add: "operations",
  modify: "operations",
  reinspect: "operations",
  join: "joins",
  accept: "joins",
  maintenance: "joins",
  cancelMaintenance: "operations",
  moveBack: "joins",
  forceMaintenance: "operations",
  activate: "joins",
  reboot: "joins",
  remove: "operations",
  power: "operations",
  powerOn: "operations",
  powerCycle: "operations",
  fence: "operations",
  unfence: "operations",
  mailTest: "operations",
  webhookTest: "operations",
  bulk: "operations",
};

/** A part of work on many waits among joins, for the same reason, and so that it never waits for the work whose part it is. */
const queueOf = ({ kind, parentId }: NewOperation): string => (parentId ? "joins" : QUEUES[kind]);

const ESCROW_LIFE_MS = 10 * 60_000;

/**
 * Writes an operation and enqueues its durable workflow in the caller's transaction: either both exist or neither.
 * The workflow's id is the operation's, so that a second enqueue of the same operation is the same workflow.
 */
export async function startOperation(tx: Tx, operation: NewOperation): Promise<string> {
  const { id } = await tx.operation.create({
    data: {
      ...(operation.id ? { id: operation.id } : {}),
      kind: operation.kind,
      ip: operation.ip ?? null,
      parentId: operation.parentId ?? null,
      nodeId: operation.node?.id ?? null,
      nodeName: operation.node?.name ?? null,
      actorId: actorId(operation.call.actor),
      actorName: operation.call.actor.name,
      idempotencyKey: operation.call.idempotencyKey,
      request: operation.request ?? {},
      createdAt: operation.now,
      deadlineAt: new Date(operation.now.getTime() + (operation.deadlineMs ?? OPERATIONS[operation.kind].deadlineMs)),
      ...(operation.password
        ? { escrow: { create: { ...operation.password, expiresAt: new Date(operation.now.getTime() + ESCROW_LIFE_MS) } } }
        : {}),
    },
    select: { id: true },
  });
  await tx.$executeRaw`
    SELECT dbos.enqueue_workflow(workflow_name => 'operation', queue_name => ${queueOf(operation)}, positional_args => ARRAY[to_json(${id}::text)],
                                 workflow_id => ${id}, application_name => 'regent')`;
  return id;
}
