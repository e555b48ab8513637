/** Work on many nodes, and tags. */
import { counted, NUMBER } from "./counted";
import type { BulkCommand, ItemCounts, ItemState } from "../domain/bulk";

const AND = new Intl.ListFormat("en-GB");

const BULK_VERBS = {
  accept: { title: "Accept nodes", act: (nodes: string) => `Accept ${nodes}`, acting: "Accepting", can: "be accepted", done: "accepted" },
  reject: { title: "Reject nodes", act: (nodes: string) => `Reject ${nodes}`, acting: "Rejecting", can: "be rejected", done: "rejected" },
  delete: { title: "Delete candidates", act: (nodes: string) => `Delete ${nodes}`, acting: "Deleting", can: "be deleted", done: "deleted" },
  tags: {
    title: "Change tags",
    act: (nodes: string) => `Change tags of ${nodes}`,
    acting: "Changing tags of",
    can: "be tagged",
    done: "changed",
  },
} as const satisfies Record<BulkCommand, { title: string; act: (nodes: string) => string; acting: string; can: string; done: string }>;

/** Work on many nodes: the question before it, what it is called, and how it ended. */
export const BULK = {
  title: (command: BulkCommand): string => BULK_VERBS[command].title,
  /** The main button of the dialog, and what the operation is called: "Accept 9 nodes". */
  act: (command: BulkCommand, count: number): string => BULK_VERBS[command].act(counted(count, "node")),
  acting: (command: BulkCommand, count: number): string => `${BULK_VERBS[command].acting} ${counted(count, "node")}.`,
  /** "9 of 12 can be accepted." */
  can: (command: BulkCommand, count: number, of: number): string => {
    const all = of === 1 ? "The node" : `All ${NUMBER.format(of)}`;
    const some = `${count ? NUMBER.format(count) : "None"} of ${NUMBER.format(of)}`;
    return `${count === of ? all : some} can ${BULK_VERBS[command].can}.`;
  },
  cannot: (count: number): string => `${NUMBER.format(count)} cannot:`,
  none: (command: BulkCommand): string => `None of the selected nodes can ${BULK_VERBS[command].can}.`,
  more: (count: number): string => `and ${NUMBER.format(count)} more`,
  fewer: "show fewer",
  tags: "Tags of these nodes",
  tagChange: { all: "All of them will have it.", some: "As it is: some of them have it.", none: "None of them will have it." },
  newTag: "New tag",
  newTagHelp: "For all of these nodes. A comma adds several.",
  help: {
    accept: "Each node is approved and then starts and activates by itself.",
    reject: "This marks the nodes as rejected without deleting their records.",
    delete: "This removes the candidate records from the system. It does not affect the physical servers.",
    tags: "A tag that only some of the nodes have stays as it is unless you tick or untick it.",
  } satisfies Record<BulkCommand, string>,
  reason: "Optional. Shown beside the status of each node and kept in the event log.",
  noChange: "Tick or untick a tag, or add one.",
  /** "9 accepted, 1 failed, 2 cancelled." Only what there is. */
  result: (command: BulkCommand, counts: ItemCounts): string => {
    const parts = [
      { count: counts.done, word: BULK_VERBS[command].done },
      { count: counts.failed, word: "failed" },
      { count: counts.skipped, word: "cancelled" },
      { count: counts.running, word: "running" },
      { count: counts.waiting, word: "waiting" },
    ].filter(({ count }) => count > 0);
    return `${parts.map(({ count, word }) => `${NUMBER.format(count)} ${word}`).join(", ")}.`;
  },
  retry: (count: number): string => `Retry failed (${NUMBER.format(count)})`,
  retryLater: "Possible when the others have ended.",
  cancelRest: "Cancel the rest",
  cancelled: (count: number): string => `${counted(count, "node")} will not be begun.`,
  tooMany: "At most 1,000 nodes at once.",
} as const;

/** The words of a line of it, beside its glyph. */
export const ITEM_STATES = {
  waiting: "Waiting",
  running: "Running",
  done: "Done",
  failed: "Failed",
  skipped: "Cancelled",
} as const satisfies Record<ItemState, string>;

export const TAGS = {
  add: "Add tag",
  remove: (tag: string) => `Remove tag ${tag}`,
  added: (tags: readonly string[]) => (tags.length === 1 ? `Tag ${tags[0]} added.` : `Tags ${tags.join(", ")} added.`),
  removed: (tags: readonly string[]) => (tags.length === 1 ? `Tag ${tags[0]} removed.` : `Tags ${tags.join(", ")} removed.`),
  undo: "Undo",
  help: "Enter adds it, a comma stands between several.",
  /** "Ada added rack-A to compute-west-04, and removed gpu from it." */
  changed: (who: string, node: string, added: readonly string[], removed: readonly string[]): string => {
    const removal = `removed ${AND.format(removed)} from`;
    if (!added.length) return `${who} ${removal} ${node}.`;
    return `${who} added ${AND.format(added)} to ${node}${removed.length ? `, and ${removal} it` : ""}.`;
  },
} as const;
