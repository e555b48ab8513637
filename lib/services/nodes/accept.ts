import type { Tx } from "../../db";
import type { Outcome } from "../../outcome";
import type { Call } from "../call";
import { permitted } from "./guard";
import { approve } from "./join";
import { startOnce, type Started } from "./start-once";

type Acceptance = { nodeId: string; version: number };

/** Accepts a candidate in the role that was chosen when it was added. */
export const acceptNode = (input: Acceptance, call: Call): Promise<Outcome<Started>> =>
  startOnce(call, { kind: "accept", nodeId: input.nodeId }, (tx) => acceptIn(tx, input, call));

/** As acceptNode, in a transaction of somebody else; `parentId` is the work on many nodes that it is part of. */
export async function acceptIn(tx: Tx, input: Acceptance, call: Call, parentId?: string): Promise<Outcome<Started>> {
  const allowed = await permitted(tx, "accept", input, call.actor);
  return allowed.ok ? approve(tx, "accept", allowed.value, allowed.value.node.role, call, parentId) : allowed;
}
