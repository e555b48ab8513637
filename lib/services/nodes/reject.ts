import { requireTransition } from "./transitions";
import { db } from "../../db";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { permitted } from "./guard";
import { moveNode } from "./move";

/** Marks a candidate as rejected; its record stays. */
export async function rejectNode(
  input: { nodeId: string; version: number; reason?: string | undefined },
  { actor }: Call,
): Promise<Outcome> {
  return db.$transaction(async (tx) => {
    const allowed = await permitted(tx, "reject", input, actor);
    if (!allowed.ok) return allowed;
    const { node, region } = allowed.value;
    const reason = input.reason || null;
    await moveNode(tx, node, region, {
      transition: requireTransition("Candidate", "reject"),
      actor,
      message: `${actor.name} rejected ${node.name}${reason ? `: ${reason}` : "."}`,
      reason,
    });
    return done(undefined);
  });
}
