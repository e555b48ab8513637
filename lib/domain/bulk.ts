/** One command on many nodes, or on servers that become nodes: on which it is possible, and how it has ended. */
import { refuse, type Refusal } from "../outcome";
import type { NodeFacts, RefusalContext } from "./guards";
import { ADD_CANDIDATE, COMMANDS, refusal, type CommandName } from "./lifecycle";
import type { Permission } from "./permissions";
import { tagKey } from "./tags";

export const BULK_COMMANDS = ["accept", "reject", "delete", "tags"] as const satisfies readonly CommandName[];
export type BulkCommand = (typeof BULK_COMMANDS)[number];

export const isBulkCommand = (text: string): text is BulkCommand => (BULK_COMMANDS as readonly string[]).includes(text);

/** What is done to many servers that are no nodes yet: their host keys are read, and those that are trusted are added. */
export type ServerWork = "look" | "add";
export type BulkWork = BulkCommand | ServerWork;

export const isServerWork = (work: BulkWork): work is ServerWork => work === "look" || work === "add";

export const bulkPermission = (work: BulkWork): Permission => (isServerWork(work) ? ADD_CANDIDATE : COMMANDS[work]).permission;

/** Nodes in one operation: every one is a line that somebody reads. */
export const BULK_MAX = 1000;

/** A node as a list knows it: with its own running operation. */
export type BulkNode = NodeFacts & { operation: RefusalContext["activeOperation"] };

export type Refused<N> = { reason: string; hint: string | undefined; nodes: N[] };
export type Split<N> = { can: N[]; cannot: Refused<N>[] };

/** On which nodes a command is possible now, and on which it is not, by reason: what most lack first. The order of nodes stays. */
export function split<N extends BulkNode>(
  command: BulkCommand,
  nodes: readonly N[],
  context: Omit<RefusalContext, "activeOperation">,
): Split<N> {
  const can: N[] = [];
  const cannot = new Map<string, Refused<N>>();
  for (const node of nodes) {
    const refused = refusal(command, node, { ...context, activeOperation: node.operation });
    const known = refused && cannot.get(refused.reason);
    if (!refused) can.push(node);
    else if (known) known.nodes.push(node);
    else cannot.set(refused.reason, { reason: refused.reason, hint: refused.hint, nodes: [node] });
  }
  return { can, cannot: [...cannot.values()].toSorted((a, b) => b.nodes.length - a.nodes.length) };
}

export type ItemState = "waiting" | "running" | "done" | "failed" | "skipped";
export type ItemCounts = Record<ItemState, number>;
export const NO_ITEMS: ItemCounts = { waiting: 0, running: 0, done: 0, failed: 0, skipped: 0 };

export const countAll = (counts: ItemCounts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Why the whole counts as failed, or null: one node that failed wants a person, and what was cancelled at once was not done. */
export function bulkRefusal(counts: ItemCounts): Refusal | null {
  if (counts.failed)
    return refuse("some-failed", `${counts.failed} of ${countAll(counts)} failed.`, {
      hint: "Each line says why. “Retry failed” tries those again that a second try can help.",
    });
  return counts.skipped && !counts.done ? refuse("cancelled", "Cancelled before any node had its turn.") : null;
}

export const cancelledRefusal = (who: string): Refusal => refuse("cancelled", `${who} cancelled what had not begun.`);

/** Which tags the nodes have, each with whether all of them have it; in the order of the alphabet, in the spelling met first. */
export function tagStates(nodes: readonly { tags: readonly string[] }[]): { tag: string; state: "all" | "some" }[] {
  const found = new Map<string, { tag: string; count: number }>();
  for (const tag of nodes.flatMap(({ tags }) => tags)) {
    const known = found.get(tagKey(tag));
    found.set(tagKey(tag), { tag: known?.tag ?? tag, count: (known?.count ?? 0) + 1 });
  }
  return [...found.values()]
    .map(({ tag, count }) => ({ tag, state: count === nodes.length ? ("all" as const) : ("some" as const) }))
    .toSorted((a, b) => a.tag.localeCompare(b.tag, "en"));
}
