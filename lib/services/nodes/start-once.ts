import type { OperationKind } from "../../domain/operations";
import { db, type Tx } from "../../db";
import type { Operation } from "../../generated/prisma/client";
import { done, refuse, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { lockRegion } from "../region";

/** What a page needs to follow an operation. */
export type Started = { operationId: string };

/** What a request asks for, as far as it is known before it is looked at: two that differ in it are two requests, whatever their key. */
type Asked = {
  kind: OperationKind;
  nodeId?: string;
  ip?: string;
  inspectionId?: string;
  /** What else makes the earlier request this one. */
  isSame?: (tx: Tx, earlier: Operation) => Promise<boolean>;
};

/**
 * Runs the start of an operation in one transaction, at most once per key of a request: a double click, or a retry after a lost
 * answer, is answered with the operation that its first copy started. Copies that come at once wait for the region's lock.
 */
export function startOnce(
  { actor, idempotencyKey }: Call,
  asked: Asked,
  start: (tx: Tx) => Promise<Outcome<Started>>,
): Promise<Outcome<Started>> {
  return db.$transaction(async (tx) => {
    if (!idempotencyKey) return start(tx);
    await lockRegion(tx);
    const earlier = await tx.operation.findUnique({ where: { actorId_idempotencyKey: { actorId: actor.id, idempotencyKey } } });
    if (!earlier) return start(tx);
    const same =
      earlier.kind === asked.kind &&
      earlier.nodeId === (asked.nodeId ?? earlier.nodeId) &&
      earlier.ip === (asked.ip ?? earlier.ip) &&
      ((await asked.isSame?.(tx, earlier)) ?? true);
    return same
      ? done({ operationId: earlier.id })
      : refuse("key-reused", "The key of this request belongs to another request.", { hint: "Send it again with a key of its own." });
  });
}
