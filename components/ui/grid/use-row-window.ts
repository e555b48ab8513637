"use client";

import { useCallback, useLayoutEffect, useState, type RefObject } from "react";
import { flushSync } from "react-dom";

/** Px of a tall screen: what the server draws before anybody knows how much is seen. */
const FIRST_SCREEN_PX = 900;
const OVERSCAN = 6;

/**
 * Which rows are drawn, and the room in px of those above and below. Rows have one height and stand below a header that sticks to
 * the top, so everything follows from how far the frame is scrolled.
 */
export function useRowWindow(frame: RefObject<HTMLElement | null>, count: number, rowHeight: number, headerHeight: number) {
  const [{ first, seen }, setView] = useState({ first: 0, seen: rowsIn(FIRST_SCREEN_PX, rowHeight) });
  const look = useCallback(() => {
    const root = frame.current;
    if (!root) return;
    const next = { first: Math.floor(root.scrollTop / rowHeight), seen: rowsIn(root.clientHeight, rowHeight) };
    setView((now) => (now.first === next.first && now.seen === next.seen ? now : next));
  }, [frame, rowHeight]);
  useLayoutEffect(() => {
    const root = frame.current;
    if (!root) return;
    look();
    // Drawn before the frame in which it is scrolled: otherwise the rows come one frame after their place.
    const scrolled = () => flushSync(look);
    const observer = new ResizeObserver(look);
    observer.observe(root);
    root.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      observer.disconnect();
      root.removeEventListener("scroll", scrolled);
    };
  }, [frame, look]);

  // When rows go, the frame is still scrolled to where they were until the browser has drawn the others.
  const start = Math.max(0, Math.min(first, count - seen) - OVERSCAN);
  const end = Math.min(count, first + seen + OVERSCAN);
  return {
    start,
    end,
    before: start * rowHeight,
    after: (count - end) * rowHeight,
    /** Rows that fit between the header and the lower edge. */
    page: () => Math.max(1, Math.floor(((frame.current?.clientHeight ?? 0) - headerHeight) / rowHeight) - 1),
    /** Scrolls no further than it takes to see the whole row between the header and the lower edge. */
    scrollToRow: (index: number) => {
      const root = frame.current;
      if (!root) return;
      const top = index * rowHeight;
      const bottom = top + headerHeight + rowHeight;
      if (top < root.scrollTop) root.scrollTo({ top });
      else if (bottom > root.scrollTop + root.clientHeight) root.scrollTo({ top: bottom - root.clientHeight });
    },
  };
}

/** One more than fit, because the first and the last are often seen in part. */
const rowsIn = (px: number, rowHeight: number): number => Math.ceil(px / rowHeight) + 1;
