"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useConsole } from "./console-context";
import { isPaletteKey } from "./platform";
import { callShortcut, onShortcut, press, type Pending, type Shortcut } from "./shortcuts";
import { Unavailable } from "./unavailable";

const Sheet = dynamic(
  () =>
    import("./shortcut-sheet").then(
      ({ ShortcutSheet }) => ShortcutSheet,
      () => Unavailable,
    ),
  { ssr: false },
);

/** The console's keys and their sheet. */
export function Keyboard() {
  const { preferences } = useConsole();
  const [sheet, setSheet] = useState(false);
  useKeys(preferences.singleKeys);
  useEffect(() => onShortcut((call) => call === "sheet" && setSheet(true)), []);
  return sheet ? <Sheet onClose={() => setSheet(false)} /> : null;
}

function useKeys(singleKeys: boolean): void {
  const router = useRouter();
  const pending = useRef<Pending>(null);
  useEffect(() => {
    const act = ({ does }: Shortcut) => {
      if (!does) return;
      if ("go" in does) router.push(does.go);
      else callShortcut(does.call);
    };
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      if (isPaletteKey(event)) {
        if (document.querySelector("dialog[open]")) return;
        event.preventDefault();
        return callShortcut("palette");
      }
      if (!singleKeys || isBusy(event)) return void (pending.current = null);
      const { found, pending: next } = press(pending.current, event.key, event.timeStamp);
      pending.current = next;
      if (!found) return;
      event.preventDefault();
      act(found);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [router, singleKeys]);
}

/** Where a letter is a letter: fields, open dialogs and panels, menus that find by typing. */
const OWN_KEYS =
  "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]:not([contenteditable=false]), [role=menu], [role=listbox], [role=dialog]";

function isBusy(event: KeyboardEvent): boolean {
  // AltGr types [ and ] on many keyboards, and reports Ctrl and Alt as held.
  const modified = (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph");
  const inside = event.target instanceof Element && event.target.closest(OWN_KEYS) !== null;
  return modified || inside || document.querySelector("dialog[open]") !== null;
}
