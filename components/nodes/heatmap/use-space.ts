"use client";

import { useEffect, useState, type RefObject } from "react";
import type { Space } from "@/lib/domain/heatmap-layout";

/** Of height: where there is less, the frame scrolls. */
const LEAST_PX = 160;

/** How much of the room the frame may take beside what stands below it, and how fine its screen is; null until it is drawn. */
export function useSpace(
  room: RefObject<HTMLElement | null>,
  frame: RefObject<HTMLElement | null>,
  foot: RefObject<HTMLElement | null>,
): Space | null {
  const [space, setSpace] = useState<Space | null>(null);
  useEffect(() => {
    const [outer, inner, below] = [room.current, frame.current, foot.current];
    if (!outer || !inner || !below) return;
    const look = () => {
      const padding = Number.parseFloat(getComputedStyle(inner).paddingBlockStart) || 0;
      const height = outer.clientHeight - below.offsetHeight - 2 * padding;
      const next = { width: inner.clientWidth - 2 * padding, height: Math.max(LEAST_PX, height), scale: devicePixelRatio };
      setSpace((now) => (now?.width === next.width && now.height === next.height && now.scale === next.scale ? now : next));
    };
    look();
    const observer = new ResizeObserver(look);
    for (const part of [outer, inner, below]) observer.observe(part);
    // The page is zoomed, or goes to another screen.
    addEventListener("resize", look);
    return () => {
      observer.disconnect();
      removeEventListener("resize", look);
    };
  }, [room, frame, foot]);
  return space;
}
