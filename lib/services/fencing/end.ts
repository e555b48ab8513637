import { evidenceRefusal, withEvidence } from "../../domain/fencing-evidence";
import { EvidenceList, VmFates, type Evidence, type VmFate } from "../../domain/fencing-records";
import { transition } from "../../domain/lifecycle";
import type { Tx } from "../../db";
import type { Fence, Node } from "../../generated/prisma/client";
import { done, refuse, type Outcome } from "../../outcome";
import type { Actor } from "../actor";
import { endMaintenance } from "../maintenance/open";
import { moveNode } from "../nodes/move";
import { leftSince } from "./last-seen";
import type { RegionRow } from "../region";

export const evidenceOf = ({ evidence }: Pick<Fence, "evidence">): Evidence[] => EvidenceList.parse(evidence);
export const vmsOf = ({ vms }: Pick<Fence, "vms">): VmFate[] => VmFates.parse(vms);

/** Adds to what is known of an attempt in flight. */
export async function keepEvidence(tx: Tx, operationId: string, more: readonly Evidence[]): Promise<Evidence[]> {
  const fence = await tx.fence.findFirstOrThrow({ where: { operationId, state: "running" } });
  const evidence = withEvidence(evidenceOf(fence), more);
  await tx.fence.update({ where: { id: fence.id }, data: { evidence } });
  return evidence;
}

const FATE = {
  running: "Stopped: its host is off.",
  stopped: "Was not running.",
  unknown: "Not known: the host was not proved to be off.",
};

type Proved = Pick<Fence, "id" | "cause" | "operationId" | "actorId"> & { evidence: Evidence[]; vms: VmFate[] };

/** Ends an attempt in flight well: on evidence that is enough and on no other. */
export async function confirmFence(tx: Tx, node: Node, region: RegionRow, fence: Fence, by: Actor): Promise<Outcome> {
  const evidence = evidenceOf(fence);
  const refused = evidenceRefusal(evidence);
  if (refused) return refused;
  const vms = fated(vmsOf(fence), await leftSince(tx, node.id));
  await tx.fence.update({ where: { id: fence.id }, data: { state: "confirmed", vms, endedAt: region.now } });
  return callFenced(tx, node, region, { ...fence, evidence, vms }, by);
}

/** `left`: by name, what is known of those that a drain took away. */
export const fated = (vms: readonly Omit<VmFate, "fate">[], left: ReadonlyMap<string, string>): VmFate[] =>
  vms.map((vm) => ({ ...vm, fate: left.get(vm.name) ?? (vm.wasRunning ? FATE.running : FATE.stopped) }));

/** Calls a node Fenced; PostgreSQL refuses it without an attempt that was proved in the same transaction. */
export async function callFenced(tx: Tx, node: Node, region: RegionRow, fence: Proved, by: Actor): Promise<Outcome> {
  const edge = transition(node.status, "fenceConfirmed");
  if (!edge) return refuse("status", `${node.name} can not be fenced where it is now.`);
  const word = fence.evidence.find(({ what }) => what === "word");
  const proof = word ? `${word.by} confirmed that the host is off: ${word.detail}` : "Its BMC says that it is off, and nothing answers.";
  await moveNode(tx, node, region, {
    transition: edge,
    actor: by,
    severity: "warning",
    message: `${node.name} is Fenced. ${proof}`,
    reason: `${fence.cause} ${proof}`,
    // Who asked for it stands in the cause, and the cause of an attempt by Regent may be what the node's status said before.
    personal: fence.actorId !== null || word !== undefined || node.reasonIsPersonal,
    ...(fence.operationId ? { operationId: fence.operationId } : {}),
    details: { fence: fence.id, evidence: fence.evidence, vms: fence.vms },
  });
  // A drain that was under way ends here: what had moved has moved, what had not is in the fate of its machine.
  if (node.status === "EnteringMaintenance") await endMaintenance(tx, node.id, "fenced", region.now);
  const data = { beats: 0, beatAt: null, answeringSince: null, pending: null, pendingSince: null };
  await tx.nodeHealth.updateMany({ where: { nodeId: node.id }, data });
  return done(undefined);
}

/** Ends an attempt that proved nothing; the node stays where it is. */
export async function endUnconfirmed(tx: Tx, operationId: string, problem: string, now: Date): Promise<void> {
  const fence = await tx.fence.findFirst({ where: { operationId, state: "running" } });
  if (!fence) return;
  const vms = vmsOf(fence).map((vm) => ({ ...vm, fate: FATE.unknown }));
  await tx.fence.update({ where: { id: fence.id }, data: { state: "unconfirmed", problem, vms, endedAt: now } });
}
