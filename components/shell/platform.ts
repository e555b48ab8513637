"use client";

import { useSyncExternalStore } from "react";
import { MAC } from "./early-key";

const isMac = (): boolean => MAC.test(navigator.userAgent);

/** ⌘K on a Mac, where Ctrl+K deletes to the end of the line; Ctrl+K elsewhere. */
export const isPaletteKey = ({
  key,
  metaKey,
  ctrlKey,
  altKey,
  shiftKey,
}: Pick<KeyboardEvent, "key" | "metaKey" | "ctrlKey" | "altKey" | "shiftKey">) =>
  key.toLowerCase() === "k" && !altKey && !shiftKey && (isMac() ? metaKey && !ctrlKey : ctrlKey && !metaKey);

const never = () => () => {};

/** As the reader's keyboard names it. */
export const usePaletteKey = (): string =>
  useSyncExternalStore(
    never,
    () => (isMac() ? "⌘K" : "Ctrl K"),
    () => "Ctrl K",
  );
