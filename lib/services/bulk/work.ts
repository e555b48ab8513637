/** What the worker does with one line of work on many nodes, by the very services behind the single commands. */
import { setTimeout as sleep } from "node:timers/promises";
import type { BulkCommand } from "../../domain/bulk";
import { partsAtOnce, startsParts } from "../../domain/bulk-parts";
import { BulkRequest, type NodesRequest } from "../../domain/bulk-request";
import { db, type Tx } from "../../db";
import type { Operation, OperationItem } from "../../generated/prisma/client";
import { log, reportFault } from "../../log";
import { refuse, type Outcome } from "../../outcome";
import type { UserActor } from "../actor";
import { acceptIn } from "../nodes/accept";
import { deleteIn } from "../nodes/delete";
import { rejectIn } from "../nodes/reject";
import { tagIn } from "../nodes/tags-change";
import { lockOperation, OperationLost, type HeldOperation } from "../operations/lock";
import type { RegionRow } from "../region";
import { actorNow } from "./actor-now";
import { endItem, settle } from "./items";
import { beginServer } from "./servers";

type Held = { id: string; attempt: number };
type Item = { nodeId: string; version: number };
type Deed = (tx: Tx, item: Item, actor: UserActor, request: NodesRequest, operationId: string) => Promise<Outcome<unknown>>;

/** Accept starts an operation of its own, whose end is the line's; the others have happened when they return. */
const DEEDS = {
  accept: (tx, item, actor, _, operationId) => acceptIn(tx, item, { actor, idempotencyKey: null }, operationId),
  reject: (tx, item, actor, { reason }, operationId) => rejectIn(tx, { ...item, reason }, actor, operationId),
  delete: (tx, item, actor, _, operationId) => deleteIn(tx, item, actor, operationId),
  tags: (tx, item, actor, { add, remove }, operationId) => tagIn(tx, { ...item, add, remove }, actor, operationId),
} as const satisfies Record<BulkCommand, Deed>;

const TRIES = 3;
/** What breaks for a moment, as a connection does, is whole again after it. */
const TRY_AGAIN_MS = 500;

/**
 * Does the next line that waits, in one transaction with its end, so that it happens once whoever is killed when. Returns whether
 * another one waits. Throws OperationLost when another worker has the operation, before anything is changed.
 */
export async function doNextItem(held: Held): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.$transaction(async (tx) => attempt(tx, await lockOperation(tx, held)));
    } catch (error) {
      if (error instanceof OperationLost) throw error;
      log.warn({ operationId: held.id, tries, error: error instanceof Error ? error.message : String(error) }, "a line failed inside");
      // A line that breaks Regent must not keep it from the others; a database that is away fails here too, and is waited for.
      if (tries >= TRIES) return failFaulty(held, reportFault(error, { operationId: held.id }));
      await sleep(TRY_AGAIN_MS);
    }
  }
}

const nextOf = (tx: Tx, operationId: string): Promise<OperationItem | null> =>
  tx.operationItem.findFirst({ where: { operationId, state: "waiting" }, orderBy: { position: "asc" } });

async function attempt(tx: Tx, { operation, region }: HeldOperation): Promise<boolean> {
  const item = await nextOf(tx, operation.id);
  if (!item) return goesOn(tx, operation, region);
  const request = BulkRequest.parse(operation.request);
  const actor = await actorNow(tx, operation, request.command);
  const outcome = "ok" in actor ? actor : await act(tx, item, actor, request);
  if (outcome.ok && startsParts(request.command)) await begun(tx, item);
  else await endItem(tx, item, outcome.ok ? null : outcome, region.now);
  return goesOn(tx, operation, region);
}

async function act(tx: Tx, item: OperationItem, actor: UserActor, request: BulkRequest): Promise<Outcome<unknown>> {
  if (request.command === "look" || request.command === "add") return beginServer(tx, request, item, actor);
  const deed: Deed = DEEDS[request.command];
  return deed(tx, { nodeId: item.nodeId, version: item.nodeVersion }, actor, request, item.operationId);
}

/** Whether another line may begin beside those that are under way. */
export async function hasRoom({ id, request }: Pick<Operation, "id" | "request">): Promise<boolean> {
  const most = partsAtOnce(BulkRequest.parse(request).command);
  return most === Infinity || (await db.operationItem.count({ where: { operationId: id, state: "running" } })) < most;
}

/** Whether another line waits; the last one to end ends the whole. */
async function goesOn(tx: Tx, { id }: Operation, { now }: RegionRow): Promise<boolean> {
  if (await nextOf(tx, id)) return true;
  await settle(tx, id, now);
  return false;
}

const begun = ({ operationItem }: Tx, { operationId, position }: OperationItem) =>
  operationItem.update({ where: { operationId_position: { operationId, position } }, data: { state: "running" } });

async function failFaulty(held: Held, reference: string): Promise<boolean> {
  const refusal = refuse("fault", `Regent failed inside itself. Reference ${reference}.`, {
    hint: "The worker's log has the cause under this reference.",
  });
  return db.$transaction(async (tx) => {
    const { operation, region } = await lockOperation(tx, held);
    const item = await nextOf(tx, operation.id);
    if (item) await endItem(tx, item, refusal, region.now);
    return goesOn(tx, operation, region);
  });
}
