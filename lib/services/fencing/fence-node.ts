import { stormRefusal } from "../../domain/fencing";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { permitted } from "../nodes/guard";
import { startOnce, type Started } from "../nodes/start-once";
import { beginFence } from "./begin";
import { readWatch } from "./watch";

export type FenceNow = { nodeId: string; version: number; reason: string };

/** Cuts a node off on an administrator's word. He need not wait until it counts as lost; the storm limits hold for him, too. */
export const fenceNode = (input: FenceNow, call: Call): Promise<Outcome<Started>> =>
  startOnce(call, { kind: "fence", nodeId: input.nodeId }, async (tx) => {
    const allowed = await permitted(tx, "fence", input, call.actor);
    if (!allowed.ok) return allowed;
    const { node, region } = allowed.value;
    const watch = await readWatch(tx, region, [node.id]);
    const watched = watch.nodes.find(({ id }) => id === node.id);
    const refused = watched && stormRefusal(watched, watch);
    if (refused) return refused;
    const cause = `${call.actor.name} asked for it: ${input.reason}`;
    return done({
      operationId: await beginFence(tx, node, region, { by: call.actor, idempotencyKey: call.idempotencyKey, cause, manual: true }),
    });
  });
