import { requireTransition } from "./transitions";
import { db, type Tx } from "../../db";
import { done, type Outcome } from "../../outcome";
import type { UserActor } from "../actor";
import type { Call } from "../call";
import { permitted } from "./guard";
import { moveNode } from "./move";

type Rejection = { nodeId: string; version: number; reason?: string | undefined };

/** Marks a candidate as rejected; its record stays. */
export const rejectNode = (input: Rejection, { actor }: Call): Promise<Outcome> => db.$transaction((tx) => rejectIn(tx, input, actor));

/** As rejectNode, in a transaction of somebody else; `operationId` is the work on many nodes that it is part of. */
export async function rejectIn(tx: Tx, input: Rejection, actor: UserActor, operationId?: string): Promise<Outcome> {
  const allowed = await permitted(tx, "reject", input, actor);
  if (!allowed.ok) return allowed;
  const { node, region } = allowed.value;
  const reason = input.reason || null;
  await moveNode(tx, node, region, {
    transition: requireTransition("Candidate", "reject"),
    actor,
    message: `${actor.name} rejected ${node.name}${reason ? `: ${reason}` : "."}`,
    reason,
    operationId,
  });
  return done(undefined);
}
