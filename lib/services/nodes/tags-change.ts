import { changeTags, type ChangedTags } from "../../domain/tags";
import type { Tx } from "../../db";
import type { Node } from "../../generated/prisma/client";
import { TAGS } from "../../messages/tags";
import { done, type Outcome } from "../../outcome";
import type { UserActor } from "../actor";
import { record } from "../events/record";
import { permitted } from "./guard";

export type TagChange = { add: readonly string[]; remove: readonly string[] };

/**
 * Adds and removes tags of a node, with its event; what was so already is no event. The version stays: tags decide about no
 * command, and a dialog that somebody has open meanwhile stays true.
 */
export async function changeNodeTags(
  tx: Tx,
  node: Node,
  change: TagChange,
  actor: UserActor,
  operationId?: string,
): Promise<Outcome<ChangedTags>> {
  const changed = changeTags(node.tags, change);
  if (!changed.ok) return changed;
  const { tags, added, removed } = changed.value;
  if (!added.length && !removed.length) return changed;
  await tx.node.update({ where: { id: node.id }, data: { tags } });
  await record(tx, {
    kind: "node.tagged",
    message: TAGS.changed(actor.name, node.name, added, removed),
    actor,
    node,
    operationId,
    details: { added, removed, tags },
  });
  return changed;
}

/** As the single command does it, within a transaction of somebody else. */
export async function tagIn(
  tx: Tx,
  input: { nodeId: string; version: number } & TagChange,
  actor: UserActor,
  operationId?: string,
): Promise<Outcome> {
  const allowed = await permitted(tx, "tags", input, actor);
  if (!allowed.ok) return allowed;
  const changed = await changeNodeTags(tx, allowed.value.node, input, actor, operationId);
  return changed.ok ? done(undefined) : changed;
}
