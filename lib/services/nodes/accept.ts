import type { Outcome } from "../../outcome";
import type { Call } from "../call";
import { permitted } from "./guard";
import { approve } from "./join";
import { startOnce, type Started } from "./start-once";

/** Accepts a candidate in the role that was chosen when it was added. */
export async function acceptNode(input: { nodeId: string; version: number }, call: Call): Promise<Outcome<Started>> {
  return startOnce(call, { kind: "accept", nodeId: input.nodeId }, async (tx) => {
    const allowed = await permitted(tx, "accept", input, call.actor);
    return allowed.ok ? approve(tx, "accept", allowed.value, allowed.value.node.role, call) : allowed;
  });
}
