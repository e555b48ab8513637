import { isOperationKind, OPERATIONS, stepLabel } from "../../domain/operations";
import { NODE_STATUSES } from "../../domain/status";
import { transition } from "../../domain/lifecycle";
import { formatDuration } from "../../domain/units";
import { db } from "../../db";
import { refuse } from "../../outcome";
import { DEADLINE } from "../actor";
import { moveNode } from "../nodes/move";
import { lockRegion } from "../region";
import { failOperation, MOVES_ITS_NODE } from "./fail";

/**
 * Ends what is past its deadline, with the reason: operations, and nodes whose transitional status nobody ended. Returns how many.
 * A node waits for a worker as long as its operation does; its own deadline is for the work, see claimOperation.
 */
export async function endOverdue(): Promise<number> {
  return (await endOverdueOperations()) + (await endOverdueNodes());
}

async function endOverdueOperations(): Promise<number> {
  const late = await db.$queryRaw<{ id: string }[]>`
    SELECT o.id FROM operation o LEFT JOIN node n ON n.id = o.node_id
    WHERE o.status IN ('pending', 'running')
      AND (o.deadline_at < now() OR (o.status = 'running' AND o.kind = ANY(${MOVES_ITS_NODE}) AND n.deadline_at < now()))`;
  for (const { id } of late) {
    await db.$transaction(async (tx) => {
      const region = await lockRegion(tx);
      await tx.$queryRaw`SELECT 1 FROM operation WHERE id = ${id}::uuid FOR UPDATE`;
      const operation = await tx.operation.findUnique({ where: { id } });
      if (!operation || !isOperationKind(operation.kind) || !["pending", "running"].includes(operation.status)) return;
      const took = formatDuration(region.now.getTime() - operation.createdAt.getTime());
      const at = operation.step ? ` It stood at “${stepLabel(operation.kind, operation.step)}”.` : " No worker took it up.";
      const refusal = refuse("deadline", `${OPERATIONS[operation.kind].label} did not end within its deadline; it took ${took}.${at}`, {
        hint: operation.kind === "bulk" ? "Try again what had not begun." : "Check the machine and try again.",
      });
      // Whoever still works on it holds an older attempt from now on and can not write any more.
      await tx.operation.update({ where: { id }, data: { attempt: { increment: 1 } } });
      await failOperation(tx, { operation, region }, operation.step ?? "", refusal, DEADLINE);
    });
  }
  return late.length;
}

async function endOverdueNodes(): Promise<number> {
  const late = await db.$queryRaw<{ id: string }[]>`
    SELECT n.id FROM node n WHERE n.deadline_at < now()
      AND NOT EXISTS (SELECT 1 FROM operation o WHERE o.node_id = n.id AND o.status IN ('pending', 'running'))`;
  for (const { id } of late) {
    await db.$transaction(async (tx) => {
      const region = await lockRegion(tx);
      const node = await tx.node.findUnique({ where: { id } });
      const edge = node && transition(node.status, "deadline");
      if (!node?.deadlineAt || node.deadlineAt > region.now || !edge) return;
      const reason = `${NODE_STATUSES[node.status].label} did not end within ${formatDuration(node.deadlineAt.getTime() - node.statusSince.getTime())}, and no operation works on it.`;
      await moveNode(tx, node, region, {
        transition: edge,
        actor: DEADLINE,
        severity: "error",
        message: `${node.name} failed: ${reason}`,
        reason,
      });
    });
  }
  return late.length;
}

/** Passwords that were never used: ten minutes, and they are gone. */
export const deleteOldEscrow = (): Promise<number> => db.$executeRaw`DELETE FROM escrow WHERE expires_at < now()`;
