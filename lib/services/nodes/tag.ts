import { db } from "../../db";
import type { ChangedTags } from "../../domain/tags";
import type { Outcome } from "../../outcome";
import type { Call } from "../call";
import { permitted } from "./guard";
import { changeNodeTags } from "./tags-change";

export type Tagging = { nodeId: string; add: string[]; remove: string[] };

/**
 * Adds and removes tags of a node, and answers what really changed. A tag that is there already, or is not, is no error and no
 * event. No version is asked for and none is raised: tags decide about no command, two people may tag one node at a time, and a
 * dialog that somebody has open meanwhile stays true. Browsers are told all the same: the trigger on node tells of every change.
 */
export async function tagNode({ nodeId, add, remove }: Tagging, { actor }: Call): Promise<Outcome<ChangedTags>> {
  return db.$transaction(async (tx) => {
    const allowed = await permitted(tx, "tags", { nodeId }, actor);
    if (!allowed.ok) return allowed;
    return changeNodeTags(tx, allowed.value.node, { add, remove }, actor);
  });
}
