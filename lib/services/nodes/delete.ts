import { requireTransition } from "./transitions";
import { db, type Tx } from "../../db";
import { done, type Outcome } from "../../outcome";
import type { UserActor } from "../actor";
import type { Call } from "../call";
import { record } from "../events/record";
import { permitted } from "./guard";

type Deletion = { nodeId: string; version: number };

/** Deletes the record of a candidate. The server itself is not touched; its events stay. */
export const deleteCandidate = (input: Deletion, { actor }: Call): Promise<Outcome> => db.$transaction((tx) => deleteIn(tx, input, actor));

/** As deleteCandidate, in a transaction of somebody else; `operationId` is the work on many nodes that it is part of. */
export async function deleteIn(tx: Tx, input: Deletion, actor: UserActor, operationId?: string): Promise<Outcome> {
  const allowed = await permitted(tx, "delete", input, actor);
  if (!allowed.ok) return allowed;
  const { node } = allowed.value;
  await tx.node.delete({ where: { id: node.id } });
  const { id } = requireTransition(node.status, "deleteCandidate");
  await record(tx, {
    kind: "node.deleted",
    message: `${actor.name} deleted the candidate ${node.name} (${node.ip}).`,
    actor,
    node,
    from: node.status,
    to: null,
    transition: id,
    operationId,
  });
  return done(undefined);
}
