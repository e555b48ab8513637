"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, type RefObject } from "react";

/** Rows of a tall screen: what the server draws before anybody knows how much is seen. */
const FIRST_SCREEN = { width: 1280, height: 900 };
const OVERSCAN = 6;

/** Which rows are drawn, and the room of those above and below. Every row has the same height, so nothing is measured. */
export function useRowWindow(frame: RefObject<HTMLElement | null>, count: number, rowHeight: number, headerHeight: number) {
  const virtual = useVirtualizer<HTMLElement, HTMLTableRowElement>({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    initialRect: FIRST_SCREEN,
    // A row that is scrolled to must not end beneath the header that sticks above it.
    scrollPaddingStart: headerHeight,
    paddingStart: 0,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0], items.at(-1)];
  return {
    start: first?.index ?? 0,
    end: (last?.index ?? -1) + 1,
    before: first?.start ?? 0,
    after: last ? virtual.getTotalSize() - last.end : 0,
    /** Rows that fit between the header and the lower edge. */
    page: () => Math.max(1, Math.floor(((frame.current?.clientHeight ?? 0) - headerHeight) / rowHeight) - 1),
    scrollToRow: (index: number) => virtual.scrollToIndex(index, { align: "auto" }),
  };
}
