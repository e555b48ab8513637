import { isDeepStrictEqual } from "node:util";
import { bulkPermission, type BulkCommand, type BulkWork } from "../../domain/bulk";
import { bulkDeadlineMs } from "../../domain/bulk-parts";
import { BulkRequest } from "../../domain/bulk-request";
import { permissionRefusal, permits, type UserRole } from "../../domain/permissions";
import type { Tx } from "../../db";
import type { Operation } from "../../generated/prisma/client";
import { done, type Outcome, type Refusal } from "../../outcome";
import type { Call } from "../call";
import { startOnce, type Started } from "../nodes/start-once";
import type { SealedPassword } from "../operations/escrow";
import { startOperation } from "../operations/start";
import { lockRegion } from "../region";

/** `name` is that of a server that is no node yet: its address. */
export type BulkTarget = { nodeId: string; version: number; name?: string };
export type NewBulk = {
  command: BulkCommand;
  /** Each node once, in the version that the administrator saw. */
  targets: readonly BulkTarget[];
  reason?: string | undefined;
  add?: readonly string[] | undefined;
  remove?: readonly string[] | undefined;
};

export const bulkForbidden = (work: BulkWork, role: UserRole): Refusal | null =>
  permits(role, bulkPermission(work)) ? null : permissionRefusal(bulkPermission(work));

/** Starts one command on many nodes: one operation with a line per node, which the worker takes one after the other. */
export async function startBulk({ command, targets, reason, add = [], remove = [] }: NewBulk, call: Call): Promise<Outcome<Started>> {
  const request = { command, ...(reason ? { reason } : {}), add: [...add], remove: [...remove] };
  return begin(call, request, async () => done(targets), { isSame: (tx, { id }) => hasTargets(tx, id, targets) });
}

type Rest = {
  /** What beside the request makes two of them one. */
  isSame?: (tx: Tx, earlier: Operation) => Promise<boolean>;
  password?: SealedPassword;
};

/** Writes the operation with its lines, once per key of a request. The same key with another request is refused. */
export async function begin(
  call: Call,
  request: BulkRequest,
  targetsOf: (tx: Tx) => Promise<Outcome<readonly BulkTarget[]>>,
  { isSame = async () => true, ...rest }: Rest = {},
): Promise<Outcome<Started>> {
  const refused = bulkForbidden(request.command, call.actor.role);
  if (refused) return refused;
  const same = async (tx: Tx, earlier: Operation) =>
    isDeepStrictEqual(BulkRequest.safeParse(earlier.request).data, request) && isSame(tx, earlier);
  return startOnce(call, { kind: "bulk", isSame: same }, async (tx) => {
    const { now } = await lockRegion(tx);
    const targets = await targetsOf(tx);
    if (!targets.ok) return targets;
    const deadlineMs = bulkDeadlineMs(request.command, targets.value.length);
    const operationId = await startOperation(tx, { kind: "bulk", call, request, now, deadlineMs, ...rest });
    await writeItems(tx, operationId, targets.value);
    return done({ operationId });
  });
}

async function writeItems(tx: Tx, operationId: string, targets: readonly BulkTarget[]): Promise<void> {
  const names = await namesOf(tx, targets);
  await tx.operationItem.createMany({
    data: targets.map(({ nodeId, version, name }, position) => ({
      operationId,
      position,
      nodeId,
      nodeName: name ?? names.get(nodeId) ?? nodeId,
      nodeVersion: version,
    })),
  });
}

/** A node that is gone by now has its name in the event log; its line will say that it is gone. */
async function namesOf(tx: Tx, targets: readonly BulkTarget[]): Promise<Map<string, string>> {
  const ids = targets.filter(({ name }) => name === undefined).map(({ nodeId }) => nodeId);
  const live = await tx.node.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(live.map(({ id, name }) => [id, name]));
  const gone = ids.filter((id) => !names.has(id));
  if (!gone.length) return names;
  const told = await tx.event.findMany({
    where: { nodeId: { in: gone } },
    select: { nodeId: true, nodeName: true },
    distinct: ["nodeId"],
    orderBy: { id: "desc" },
  });
  for (const { nodeId, nodeName } of told) if (nodeId && nodeName) names.set(nodeId, nodeName);
  return names;
}

async function hasTargets(tx: Tx, operationId: string, targets: readonly BulkTarget[]): Promise<boolean> {
  const items = await tx.operationItem.findMany({ where: { operationId }, orderBy: { position: "asc" } });
  return isDeepStrictEqual(
    items.map(({ nodeId, nodeVersion }) => [nodeId, nodeVersion]),
    targets.map(({ nodeId, version }) => [nodeId, version]),
  );
}
