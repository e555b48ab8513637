import { requireTransition } from "./transitions";
import { db } from "../../db";
import { done, type Outcome } from "../../outcome";
import type { Call } from "../call";
import { record } from "../events/record";
import { permitted } from "./guard";

/** Deletes the record of a candidate. The server itself is not touched; its events stay. */
export async function deleteCandidate(input: { nodeId: string; version: number }, { actor }: Call): Promise<Outcome> {
  return db.$transaction(async (tx) => {
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
    });
    return done(undefined);
  });
}
