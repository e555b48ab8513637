import type { KeyboardEvent } from "react";
import type { Layout } from "@/lib/domain/heatmap-layout";
import { moveTo } from "@/lib/domain/heatmap-moves";

/** What can be done with cells, by key and by pointer. */
export type CellActions = {
  onOpen: (cell: number) => void;
  /** With `range`, all from the one that was chosen last. */
  onSelect: (cell: number, range: boolean) => void;
  onExtend: (from: number, to: number) => void;
  onSelectAll: () => void;
  onClear: () => void;
};

type Keys = CellActions & {
  layout: Layout;
  active: number;
  focusCell: (cell: number) => void;
  /** Takes the tooltip away, if there is one. */
  onQuiet: () => boolean;
};

const MOVES = /^(Arrow|Page|Home|End)/;

/** The keys of the list's grid, on cells. True: the key is ours, and the page must not scroll by it. */
export function cellKey({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent, keys: Keys): boolean {
  const { layout, active } = keys;
  if (layout.count === 0) return false;
  if (key === "Enter") keys.onOpen(active);
  else if (key === " ") keys.onSelect(active, shiftKey);
  else if (key === "Escape") return keys.onQuiet() || (keys.onClear(), true);
  else if ((ctrlKey || metaKey) && key.toLowerCase() === "a") keys.onSelectAll();
  else if (MOVES.test(key)) {
    const to = moveTo(layout, active, { key, ctrlKey });
    if (to !== null && shiftKey) keys.onExtend(active, to);
    if (to !== null) keys.focusCell(to);
  } else return false;
  return true;
}
