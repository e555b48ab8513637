import { db } from "../../db";
import type { Outcome } from "../../outcome";
import { done } from "../../outcome";
import type { Call } from "../call";

/** What a page needs to follow an operation. */
export type Started = { operationId: string };

/**
 * A request that was sent twice (a double click, a retry after a lost answer) is the same request: answers with the operation
 * that its first copy started.
 */
export async function alreadyStarted({ actor, idempotencyKey }: Call): Promise<Outcome<Started> | null> {
  if (!idempotencyKey) return null;
  const earlier = await db.operation.findUnique({
    where: { actorId_idempotencyKey: { actorId: actor.id, idempotencyKey } },
    select: { id: true },
  });
  return earlier ? done({ operationId: earlier.id }) : null;
}
