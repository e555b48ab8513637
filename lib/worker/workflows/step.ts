import type { Tx } from "../../db";
import { db } from "../../db";
import type { Operation, Prisma } from "../../generated/prisma/client";
import type { Held } from "../held";
import { done, refuse, type Outcome } from "../../outcome";
import { OperationLost, type HeldOperation } from "../../services/operations/lock";

export type StepEnd = {
  /** What the ladder shows behind the step. */
  detail: string;
  /** "warning" goes on as "ok" does, and says why it is not quite. */
  state?: "ok" | "warning";
  /** The worker has nothing left to do: what it began ends the step, and the operation with it. */
  endsElsewhere?: true;
  /** What becomes true with the step's end, in the same transaction. A refusal fails the step. */
  commit?: (tx: Tx, held: HeldOperation) => Promise<Outcome>;
};

/** Runs at least once: twice must be the same as once. */
export type Step = (operation: Held) => Promise<Outcome<StepEnd>>;

export const ended = (detail: string, rest: Omit<StepEnd, "detail"> = {}): Outcome<StepEnd> => done({ detail, ...rest });

/** Adds to the operation's result what later steps or a second try need. Refused when another worker has the operation. */
export async function keepResult(operation: Operation, part: Prisma.InputJsonObject): Promise<void> {
  const count = await db.$executeRaw`
    UPDATE operation SET result = coalesce(result, '{}'::jsonb) || ${JSON.stringify(part)}::jsonb
    WHERE id = ${operation.id}::uuid AND attempt = ${operation.attempt} AND status = 'running'`;
  if (count !== 1) throw new OperationLost("Another worker has taken the operation over.");
}

/** The node an operation works on; a candidate can be deleted while its inspection waits. */
export async function nodeOf(operation: Operation, tx: Tx = db) {
  const node = operation.nodeId ? await tx.node.findUnique({ where: { id: operation.nodeId }, include: { key: true } }) : null;
  return node ? done(node) : refuse("node-gone", "The node was deleted meanwhile.");
}
