import { useMemo, useState } from "react";
import type { suggestions, Suggestion } from "@/lib/domain/node-query-suggest";
import type { RowFacts } from "@/lib/domain/row-facts";
import type { Bar } from "./filter-bar-state";

export type SuggestionList = ReturnType<typeof useSuggestions>;

/** The list below the input: whether it is open, what it offers, which line is active (-1: none). */
export function useSuggestions({ draft, commit, type }: Bar, rows: readonly RowFacts[]) {
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  // Comes with the first focus: the first look at the list does without.
  const [suggest, setSuggest] = useState<typeof suggestions | null>(null);
  const options = useMemo(() => (open && suggest ? suggest(draft.text, draft.cursor, rows) : []), [open, suggest, draft, rows]);
  const show = (opened: boolean) => {
    setOpen(opened);
    setActive(-1);
  };
  return {
    options,
    active,
    expanded: options.length > 0,
    show,
    load: () => void import("@/lib/domain/node-query-suggest").then((loaded) => setSuggest(() => loaded.suggestions)),
    move: (by: 1 | -1) => {
      if (!options.length) return show(true);
      setActive((at) => (at < 0 && by < 0 ? options.length - 1 : (at + by + options.length) % options.length));
    },
    take: ({ text, cursor, complete }: Suggestion) => {
      if (complete) commit(text);
      else type(text, cursor);
      show(!complete);
    },
  };
}
