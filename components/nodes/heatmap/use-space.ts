"use client";

import { useEffect, useState, type RefObject } from "react";
import type { Space } from "@/lib/domain/heatmap-layout";

/** How much room the frame has, and how fine its screen is; null until it is drawn. */
export function useSpace(frame: RefObject<HTMLElement | null>): Space | null {
  const [space, setSpace] = useState<Space | null>(null);
  useEffect(() => {
    const root = frame.current;
    if (!root) return;
    const look = () => {
      const next = { width: root.clientWidth, height: root.clientHeight, scale: devicePixelRatio };
      setSpace((now) => (now?.width === next.width && now.height === next.height && now.scale === next.scale ? now : next));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(root);
    // The page is zoomed, or goes to another screen.
    addEventListener("resize", look);
    return () => {
      observer.disconnect();
      removeEventListener("resize", look);
    };
  }, [frame]);
  return space;
}
