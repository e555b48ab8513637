"use client";

import { useState } from "react";
import { tagStates } from "@/lib/domain/bulk";
import { splitTags, tagKey } from "@/lib/domain/tags";

type State = "all" | "some" | "none";
export type TagRow = { tag: string; was: State; is: State };

/** What follows on a press: a tag that only some have can also go back to that. */
const NEXT: Record<TagRow["was"], Record<State, State>> = {
  all: { all: "none", none: "all", some: "all" },
  none: { all: "none", none: "all", some: "all" },
  some: { some: "all", all: "none", none: "some" },
};

/** The tags of many nodes while they are being changed: which all, some or none of the nodes will have. */
export function useTagChanges(nodes: readonly { tags: readonly string[] }[]) {
  const [rows, setRows] = useState<TagRow[]>(() => tagStates(nodes).map(({ tag, state }) => ({ tag, was: state, is: state })));
  const set = (key: string, is: (row: TagRow) => State) =>
    setRows((known) => known.map((row) => (tagKey(row.tag) === key ? { ...row, is: is(row) } : row)));
  /** Answers why it is no tag, or null. A comma stands between several. */
  const add = (typed: string): string | null => {
    const tags = splitTags(typed);
    if (!tags.ok) return tags.reason;
    for (const tag of tags.value) {
      if (rows.some((row) => tagKey(row.tag) === tagKey(tag))) set(tagKey(tag), () => "all");
      else setRows((known) => [...known, { tag, was: "none", is: "all" }]);
    }
    return null;
  };
  const changedTo = (state: State) => rows.filter(({ was, is }) => is === state && was !== state).map(({ tag }) => tag);
  return {
    rows,
    add,
    toggle: (tag: string) => set(tagKey(tag), ({ was, is }) => NEXT[was][is]),
    changes: { add: changedTo("all"), remove: changedTo("none") },
  };
}
