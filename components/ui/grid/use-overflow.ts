"use client";

import { useEffect, type RefObject } from "react";

/**
 * Marks a frame whose content is wider than itself with data-overflows. Pinned cells stick only there: each one that sticks is a
 * layer of its own to the browser, and with four in a row scrolling costs several times as much.
 */
export function useOverflow(frame: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const root = frame.current;
    const content = root?.firstElementChild;
    if (!root || !content) return;
    const look = () => root.toggleAttribute("data-overflows", root.scrollWidth > root.clientWidth);
    const observer = new ResizeObserver(look);
    observer.observe(root);
    observer.observe(content);
    return () => observer.disconnect();
  }, [frame]);
}
