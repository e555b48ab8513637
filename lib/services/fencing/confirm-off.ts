import { db, type Tx } from "../../db";
import { Checks, type Evidence } from "../../domain/fencing-records";
import { withEvidence } from "../../domain/fencing-evidence";
import { refuse, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { permitted } from "../nodes/guard";
import { endEarly } from "../operations/end-early";
import { callFenced, confirmFence, evidenceOf, fated } from "./end";
import { bootOf, lastVms, leftSince } from "./last-seen";

export type ConfirmOff = { nodeId: string; version: number; name: string; reason: string };

const FRESH_LOOK_MS = 30_000;

/** What a look of this moment says of a host that has shown its own key: no word of anybody stands against that. */
async function shownKey(tx: Tx, nodeId: string, now: Date): Promise<string | null> {
  const health = await tx.nodeHealth.findUnique({ where: { nodeId }, select: { checks: true, checkedAt: true } });
  if (!health?.checkedAt || now.getTime() - health.checkedAt.getTime() > FRESH_LOOK_MS) return null;
  const looks = Checks.safeParse(health.checks).data ?? [];
  return looks.find(({ what, says }) => what === "fresh" && says === "there")?.detail ?? null;
}

/** An administrator answers for it that a host is off: with his name, his reason, and the node's name typed by himself. */
export const confirmOff = (input: ConfirmOff, call: Call): Promise<Outcome> =>
  db.$transaction(async (tx) => {
    const allowed = await permitted(tx, "confirmOff", input, call.actor);
    if (!allowed.ok) return allowed;
    const { node, region } = allowed.value;
    if (input.name !== node.name)
      return refuse("other-name", `“${input.name}” is not the name of this node.`, { hint: `Type ${node.name}.`, field: "name" });
    const answers = await shownKey(tx, node.id, region.now);
    if (answers) return refuse("answers", `${answers} So it is not off.`, { hint: "Fence it, or shut it down." });
    await endEarly(tx, node, region.now, refuse("confirmed-off", `${call.actor.name} confirmed that the host is off.`), {
      keepsFence: true,
    });
    const at = region.now.toISOString();
    const word: Evidence = { what: "word", at, outcome: "yes", detail: input.reason, by: call.actor.name };
    const running = await tx.fence.findFirst({ where: { nodeId: node.id, state: "running" } });
    if (running) {
      const fence = await tx.fence.update({ where: { id: running.id }, data: { evidence: withEvidence(evidenceOf(running), [word]) } });
      return confirmFence(tx, node, region, fence, call.actor);
    }
    const vms = fated(await lastVms(node), await leftSince(tx, node.id));
    const fence = await tx.fence.create({
      data: {
        nodeId: node.id,
        state: "confirmed",
        cause: node.statusReason ?? "It does not answer.",
        evidence: [word],
        vms,
        bootId: await bootOf(tx, node.id),
        actorId: call.actor.id,
        actorName: call.actor.name,
        startedAt: region.now,
        endedAt: region.now,
      },
    });
    return callFenced(tx, node, region, { ...fence, evidence: [word], vms }, call.actor);
  });
