/** Tags of a node. */
const AND = new Intl.ListFormat("en-GB");

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
