"use client";

import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";

/** A node that is to get the focus; another turn asks again. */
export type Go = { id: string; turn: number };

/** One cell has the focus, or would get it. It is named by its node, so that it follows it when the layout changes. */
export function useCellFocus(idOf: (cell: number) => string, cellOfId: (id: string) => number, go: Go | null) {
  const element = useRef<HTMLDivElement>(null);
  const wanted = useRef(false);
  const [activeId, setActiveId] = useState<string | null>(null);
  /** The same node may be asked for again, after the focus went elsewhere. */
  const [turn, setTurn] = useState(0);
  const [inside, setInside] = useState(false);
  const active = useMemo(() => Math.max(0, activeId === null ? 0 : cellOfId(activeId)), [activeId, cellOfId]);
  const shownId = idOf(active);
  const focusCell = useCallback(
    (cell: number) => {
      wanted.current = true;
      setActiveId(idOf(cell));
      setTurn((before) => before + 1);
    },
    [idOf],
  );
  // The element is another one for every cell: what gets the focus is announced, what only changes its name is not.
  useLayoutEffect(() => {
    // A node that goes takes the focus with it; the cell that comes in its place has it then.
    const lost = inside && document.activeElement === document.body;
    if (!wanted.current && !lost) return;
    wanted.current = false;
    element.current?.focus({ preventScroll: true });
    element.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [activeId, shownId, inside, turn]);
  useEffect(() => {
    const cell = go ? cellOfId(go.id) : -1;
    if (cell >= 0) focusCell(cell);
    // oxlint-disable-next-line react/exhaustive-deps -- once for each turn
  }, [go]);
  return { element, active, shownId, inside, setInside, focusCell };
}
