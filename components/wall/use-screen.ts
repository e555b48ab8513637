"use client";

import { useEffect, useState } from "react";

/** The theme of the whole page is the wall's, whatever this browser has chosen for the console. */
export function useWallTheme(theme: "dark" | "light"): void {
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
}

/** Keeps the screen from going dark by itself, where a browser can; it forgets when the page is hidden. */
export function useWakeLock(): void {
  useEffect(() => {
    const wake = () => {
      if (document.visibilityState === "visible") void navigator.wakeLock?.request("screen").catch(() => undefined); // no battery, no permission
    };
    wake();
    document.addEventListener("visibilitychange", wake);
    return () => document.removeEventListener("visibilitychange", wake);
  }, []);
}

const POINTER_MS = 3000;

/** Whether the pointer has not moved for a while, and is not to be seen. */
export function usePointerIdle(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const moved = () => {
      setIdle(false);
      clearTimeout(timer);
      timer = setTimeout(() => setIdle(true), POINTER_MS);
    };
    moved();
    window.addEventListener("pointermove", moved);
    return () => {
      window.removeEventListener("pointermove", moved);
      clearTimeout(timer);
    };
  }, []);
  return idle;
}

/** CSS px of an element, and px of the device in one of them. */
export type Box = { width: number; height: number; ratio: number; screen: number };

/** The size of an element, followed. `screen` is the height of the window, CSS px. */
export function useBox(): [(element: HTMLElement | null) => void, Box | null] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [box, setBox] = useState<Box | null>(null);
  useEffect(() => {
    if (!element) return;
    const measure = () => {
      const [width, height, ratio, screen] = [element.clientWidth, element.clientHeight, window.devicePixelRatio, window.innerHeight];
      setBox((known) =>
        known?.width === width && known.height === height && known.ratio === ratio && known.screen === screen
          ? known
          : { width, height, ratio, screen },
      );
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    window.addEventListener("resize", measure);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", measure);
    };
  }, [element]);
  return [setElement, box];
}
