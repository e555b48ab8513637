import { decide, type Decision, type Failure } from "../../domain/fencing";
import { db, type Tx } from "../../db";
import { SYSTEM } from "../actor";
import { record } from "../events/record";
import { moveNode } from "../nodes/move";
import { requireTransition } from "../nodes/transitions";
import { startOperation } from "../operations/start";
import { lockRegion, readRegion, type RegionRow } from "../region";
import { forgetBeats, keepWatch, noteBeats, noteIsolation } from "./beat";
import { beginFence } from "./begin";
import { readWatch } from "./watch";

/**
 * One look at the whole region, and what follows from it. Any worker may take it; each act decides once more under the region's lock,
 * so that two that look at once do nothing twice. Returns what was done.
 */
export async function watchRegion(): Promise<{ failed: number; fenced: number; unfenced: number }> {
  const done = { failed: 0, fenced: 0, unfenced: 0 };
  if (!(await keepWatch())) return done;
  await noteBeats();
  await forgetBeats();
  const decision = decide(await readWatch(db, await readRegion(db)));
  await noteIsolation(decision.isolated);
  await notePending(decision.pending);
  for (const { node } of decision.fail) if (await underLock(node.id, failLost)) done.failed += 1;
  if (decision.fence && (await underLock(decision.fence.id, fenceLost))) done.fenced += 1;
  for (const { id } of decision.unfence) if (await underLock(id, takeBack)) done.unfenced += 1;
  return done;
}

type Act = (tx: Tx, region: RegionRow, decision: Decision, nodeId: string) => Promise<boolean>;

const underLock = (nodeId: string, act: Act): Promise<boolean> =>
  db.$transaction(async (tx) => {
    const region = await lockRegion(tx);
    return act(tx, region, decide(await readWatch(tx, region)), nodeId);
  });

const failLost: Act = async (tx, region, decision, nodeId) => {
  const failure = decision.fail.find(({ node }) => node.id === nodeId);
  if (!failure) return false;
  await failNode(tx, region, failure);
  return true;
};

async function failNode(tx: Tx, region: RegionRow, { node: { id }, code, reason }: Failure): Promise<void> {
  const node = await tx.node.findUniqueOrThrow({ where: { id } });
  const health = { failedCode: code, beats: 0, beatAt: null, answeringSince: null };
  await tx.nodeHealth.upsert({ where: { nodeId: id }, create: { nodeId: id, ...health }, update: health });
  await moveNode(tx, node, region, {
    transition: requireTransition(node.status, "healthError"),
    actor: SYSTEM,
    severity: "error",
    message: `${node.name} failed. ${reason}`,
    reason,
    details: { code },
  });
}

const fenceLost: Act = async (tx, region, decision, nodeId) => {
  if (decision.fence?.id !== nodeId) return false;
  const node = await tx.node.findUniqueOrThrow({ where: { id: nodeId } });
  await beginFence(tx, node, region, { by: SYSTEM, cause: node.statusReason ?? "No heartbeat, and nobody reaches it.", manual: false });
  return true;
};

const takeBack: Act = async (tx, region, decision, nodeId) => {
  if (!decision.unfence.some(({ id }) => id === nodeId)) return false;
  const node = await tx.node.findUniqueOrThrow({ where: { id: nodeId } });
  const call = { actor: SYSTEM, idempotencyKey: null };
  await startOperation(tx, { kind: "unfence", call, ip: node.ip, node, request: { role: node.role }, now: region.now });
  return true;
};

/** What is due and can not be done. The first time it is an event; what no longer waits is forgotten. */
async function notePending(pending: ReadonlyMap<string, string>): Promise<void> {
  const known = new Map(
    (await db.nodeHealth.findMany({ where: { pending: { not: null } }, select: { nodeId: true, pending: true } })).map((row) => [
      row.nodeId,
      row.pending,
    ]),
  );
  const over = [...known.keys()].filter((id) => !pending.has(id));
  if (over.length) await db.nodeHealth.updateMany({ where: { nodeId: { in: over } }, data: { pending: null, pendingSince: null } });
  for (const [nodeId, text] of pending) {
    if (known.get(nodeId) === text) continue;
    await db.$transaction(async (tx) => {
      const { now } = await lockRegion(tx);
      const node = await tx.node.findUnique({ where: { id: nodeId } });
      if (!node) return;
      const first = !known.has(nodeId);
      const data = { pending: text, ...(first ? { pendingSince: now } : {}) };
      await tx.nodeHealth.upsert({ where: { nodeId }, create: { nodeId, ...data }, update: data });
      if (first && node.status !== "Fenced")
        await record(tx, {
          kind: "fence.pending",
          severity: "warning",
          message: `Fencing of ${node.name} is pending. ${text}`,
          actor: SYSTEM,
          node,
        });
    });
  }
}
