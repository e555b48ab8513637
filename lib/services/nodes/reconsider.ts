import { requireTransition } from "./transitions";
import { db } from "../../db";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { permitted } from "./guard";
import { moveNode } from "./move";

/** Makes a rejected node a candidate again. */
export async function reconsiderNode(input: { nodeId: string; version: number }, { actor }: Call): Promise<Outcome> {
  return db.$transaction(async (tx) => {
    const allowed = await permitted(tx, "reconsider", input, actor);
    if (!allowed.ok) return allowed;
    const { node, region } = allowed.value;
    await moveNode(tx, node, region, {
      transition: requireTransition("Rejected", "reconsider"),
      actor,
      message: `${actor.name} made ${node.name} a candidate again.`,
    });
    return done(undefined);
  });
}
