"use client";

import { useRef } from "react";
import type { Selection } from "../selection";

/** The list's selection, by cell: a range reaches over the cells as they stand here, and not over the list's order. */
export function useCellSelection(
  selection: Selection,
  { idOf, cellOfId, matched }: { idOf: (cell: number) => string; cellOfId: (id: string) => number; matched: () => string[] },
) {
  const anchor = useRef<string | null>(null);
  return {
    onSelect: (cell: number, range: boolean) => {
      const from = anchor.current === null ? -1 : cellOfId(anchor.current);
      anchor.current = idOf(cell);
      if (!range || from < 0) return selection.toggle(idOf(cell), false);
      const [first, last] = [Math.min(from, cell), Math.max(from, cell)];
      selection.add(Array.from({ length: last - first + 1 }, (_, index) => idOf(first + index)));
    },
    onExtend: (from: number, to: number) => {
      anchor.current = idOf(to);
      selection.extend(idOf(from), idOf(to));
    },
    // What the legend fades is not meant, nor what a closed group hides.
    onSelectAll: () => selection.toggleAll(matched().map((id) => ({ id }))),
    onClear: selection.clear,
  };
}
