import { FORCE_REASON_MIN } from "../../domain/maintenance";
import { holdsMemory } from "../../domain/placement";
import { MAINTENANCE_NOTES } from "../../messages/mail";
import { TOASTS } from "../../messages/mission";
import { done, refuse, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { permitted } from "../nodes/guard";
import { tellMailboxes } from "../notify/tell-all";
import { moveNode } from "../nodes/move";
import { startOnce, type Started } from "../nodes/start-once";
import { requireTransition } from "../nodes/transitions";
import { endEarly } from "../operations/end-early";
import { startOperation } from "../operations/start";
import { lastSeen } from "./facts";
import { useChallenge } from "./force-challenge";
import { openMaintenance } from "./open";
import { writeStanding } from "./vms";

export type ForceInput = { nodeId: string; challengeId: string; name: string; reason: string };

/**
 * The last resort: In maintenance at once, without moving anything. The machines that run are named in the event; an operation
 * stops those that can still be reached and says what was skipped.
 */
export const forceMaintenance = (input: ForceInput, call: Call): Promise<Outcome<Started>> =>
  startOnce(call, { kind: "forceMaintenance", nodeId: input.nodeId }, async (tx) => {
    const seen = await tx.forceChallenge.findUnique({ where: { id: input.challengeId } });
    const version = seen?.nodeId === input.nodeId ? seen.nodeVersion : undefined;
    const allowed = await permitted(
      tx,
      "forceMaintenance",
      { nodeId: input.nodeId, ...(version === undefined ? {} : { version }) },
      call.actor,
    );
    if (!allowed.ok) return allowed;
    const { node, region } = allowed.value;
    if (input.name !== node.name)
      return refuse("wrong-name", `This is not the name of the node. Type ${node.name} as it stands.`, { field: "name" });
    if (input.reason.trim().length < FORCE_REASON_MIN)
      return refuse("short-reason", `Say in at least ${FORCE_REASON_MIN} characters why it has to be forced.`, { field: "reason" });
    if (version === undefined) return refuse("challenge-gone", "This confirmation does not belong to this node.", { hint: "Start again." });
    // Last: what was typed wrongly must not use it up.
    const used = await useChallenge(tx, input.challengeId, call, region.now);
    if (!used.ok) return used;

    const vms = (await lastSeen(tx, node)).vms?.filter(holdsMemory) ?? null;
    await endEarly(tx, node, region.now, refuse("forced", `Ended by the Force Maintenance of ${call.actor.name}.`));
    const open = await openMaintenance(tx, node.id);
    // Who gives the reason is who answers for the stay from now on.
    const facts = {
      forced: true,
      reason: input.reason.trim(),
      enteredAt: region.now,
      actorId: call.actor.id,
      actorName: call.actor.name,
    };
    const maintenance = open
      ? await tx.maintenance.update({ where: { id: open.id }, data: facts })
      : await tx.maintenance.create({
          data: {
            ...facts,
            nodeId: node.id,
            nodeName: node.name,
            cameFrom: node.status,
            cameReason: node.statusReason,
            startedAt: region.now,
          },
        });
    if (!open && vms) await writeStanding(tx, maintenance.id, vms);
    const operationId = await startOperation(tx, {
      kind: "forceMaintenance",
      call,
      ip: node.ip,
      node,
      request: { maintenanceId: maintenance.id },
      now: region.now,
    });
    await tellMailboxes(tx, {
      kind: "event",
      nodeId: node.id,
      node: node.name,
      title: MAINTENANCE_NOTES.forcedTitle(node.name),
      message: MAINTENANCE_NOTES.forced(input.reason.trim(), vms?.map(({ name }) => name) ?? null),
      by: call.actor.name,
      at: region.now.toISOString(),
    });
    await moveNode(tx, node, region, {
      transition: requireTransition(node.status, "forceMaintenance"),
      actor: call.actor,
      severity: "warning",
      message: `${TOASTS.forced(node.name)} ${call.actor.name}: ${input.reason.trim()}`,
      reason: `Forced: ${input.reason.trim()}`,
      operationId,
      details: {
        maintenanceId: maintenance.id,
        armedAt: used.value.notBefore.toISOString(),
        stops: vms ? vms.map(({ name, memoryBytes }) => ({ vm: name, bytes: memoryBytes })) : "not known",
      },
    });
    return done({ operationId });
  });
