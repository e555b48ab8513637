import { isOperationKind, OPERATIONS, stepLabel } from "../../domain/operations";
import { NODE_STATUSES } from "../../domain/status";
import { transition } from "../../domain/lifecycle";
import { formatDuration } from "../../domain/units";
import { db, type Tx } from "../../db";
import type { Node } from "../../generated/prisma/client";
import { reportFault } from "../../log";
import { refuse } from "../../outcome";
import { DEADLINE } from "../actor";
import { record } from "../events/record";
import { rollBack } from "../maintenance/cancel";
import { cameFromOf, openMaintenance } from "../maintenance/open";
import { moveNode } from "../nodes/move";
import { lockRegion, type RegionRow } from "../region";
import { failOperation, MOVES_ITS_NODE, standStill } from "./fail";

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
  return endEach(late, async (tx, id) => {
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

async function endOverdueNodes(): Promise<number> {
  const late = await db.$queryRaw<{ id: string }[]>`
    SELECT n.id FROM node n WHERE n.deadline_at < now()
      AND NOT EXISTS (SELECT 1 FROM operation o WHERE o.node_id = n.id AND o.status IN ('pending', 'running'))`;
  return endEach(late, async (tx, id) => {
    const region = await lockRegion(tx);
    const node = await tx.node.findUnique({ where: { id } });
    if (!node?.deadlineAt || node.deadlineAt > region.now) return;
    const reason = `${NODE_STATUSES[node.status].label} did not end within ${formatDuration(node.deadlineAt.getTime() - node.statusSince.getTime())}, and no operation works on it.`;
    if (node.status === "EnteringMaintenance") return endDrain(tx, node, region, reason);
    const edge = transition(node.status, "deadline");
    if (!edge) return;
    await moveNode(tx, node, region, {
      transition: edge,
      actor: DEADLINE,
      severity: "error",
      message: `${node.name} failed: ${reason}`,
      reason,
    });
  });
}

/** Each in a transaction of its own: one that can not be ended keeps no other's deadline from being kept. Returns how many were. */
async function endEach(late: readonly { id: string }[], end: (tx: Tx, id: string) => Promise<void>): Promise<number> {
  let ended = 0;
  for (const { id } of late) {
    try {
      await db.$transaction((tx) => end(tx, id));
      ended += 1;
    } catch (error) {
      reportFault(error, { overdue: id });
    }
  }
  return ended;
}

/** A drain that nobody works on any more: it rolls back where the region wants that, and otherwise waits with the reason. */
async function endDrain(tx: Tx, node: Node, region: RegionRow, reason: string): Promise<void> {
  const open = await openMaintenance(tx, node.id);
  const edge = transition(node.status, "deadline", { cameFrom: cameFromOf(open), drainDeadline: region.settings.drainDeadline });
  if (edge) return void (await rollBack(tx, { node, region, open }, edge, { actor: DEADLINE, message: reason }));
  const stands = await standStill(tx, node, refuse("deadline", reason));
  await record(tx, {
    kind: "operation.maintenance",
    severity: "error",
    message: `${node.name} stands. ${reason}`,
    actor: DEADLINE,
    node: stands,
  });
}

/** Passwords that were never used: ten minutes, and they are gone. */
export const deleteOldEscrow = (): Promise<number> => db.$executeRaw`DELETE FROM escrow WHERE expires_at < now()`;
