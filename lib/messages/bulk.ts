/** Work on many nodes. */
import { counted, NUMBER } from "./counted";
import type { BulkCommand } from "../domain/bulk";

const BULK_VERBS = {
  accept: { title: "Accept nodes", act: (nodes: string) => `Accept ${nodes}`, acting: "Accepting", can: "be accepted" },
  reject: { title: "Reject nodes", act: (nodes: string) => `Reject ${nodes}`, acting: "Rejecting", can: "be rejected" },
  delete: { title: "Delete candidates", act: (nodes: string) => `Delete ${nodes}`, acting: "Deleting", can: "be deleted" },
  tags: {
    title: "Change tags",
    act: (nodes: string) => `Change tags of ${nodes}`,
    acting: "Changing tags of",
    can: "be tagged",
  },
} as const satisfies Record<BulkCommand, { title: string; act: (nodes: string) => string; acting: string; can: string }>;

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
  retry: (count: number): string => `Retry failed (${NUMBER.format(count)})`,
  retryLater: "Possible when the others have ended.",
  cancelRest: "Cancel the rest",
  cancelled: (count: number, noun: "node" | "server"): string => `${counted(count, noun)} will not be begun.`,
  tooMany: "At most 1,000 nodes at once.",
} as const;
