"use client";

import { useEffect, useState } from "react";
import { parseRgb, type Rgb } from "./colors";

const FORCED = "(forced-colors: active)";

export type CanvasColors<Name extends string> = Readonly<Record<Name, Rgb>>;

/**
 * The page's colours as numbers, read again when its theme changes. Names are custom properties without `--color-`. Where colours are
 * forced, `page` and `ink` are the system's, and the others stay what they are: they are the data.
 */
export function useCanvasColors<Name extends string>(names: readonly Name[]): CanvasColors<Name | "page" | "ink"> | null {
  const [colors, setColors] = useState<CanvasColors<Name | "page" | "ink"> | null>(null);
  useEffect(() => {
    const look = () => setColors(readColors(names));
    look();
    const theme = new MutationObserver(look);
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const media = ["(prefers-color-scheme: dark)", FORCED].map((query) => matchMedia(query));
    for (const list of media) list.addEventListener("change", look);
    return () => {
      theme.disconnect();
      for (const list of media) list.removeEventListener("change", look);
    };
  }, [names]);
  return colors;
}

/** The browser alone knows which side of light-dark() holds: an element that is drawn nowhere is asked. */
function readColors<Name extends string>(names: readonly Name[]): CanvasColors<Name | "page" | "ink"> {
  const probe = document.createElement("i");
  probe.style.forcedColorAdjust = "none";
  document.body.append(probe);
  const read = (color: string): Rgb => {
    probe.style.color = color;
    return parseRgb(getComputedStyle(probe).color);
  };
  const forced = matchMedia(FORCED).matches;
  const entries = [...names, "page", "ink"].map((name) => [name, read(`var(--color-${name})`)]);
  const system = forced ? { page: read("Canvas"), ink: read("CanvasText") } : {};
  probe.remove();
  return { ...Object.fromEntries(entries), ...system } as CanvasColors<Name | "page" | "ink">; // an entry for each name
}
