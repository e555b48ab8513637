"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { onDemand, warmUp } from "@/components/ui/on-demand";
import { useConsole } from "./console-context";
import { isPaletteKey } from "./platform";
import { callShortcut, onShortcut, press, type Pending, type Shortcut } from "./shortcuts";

const Sheet = onDemand(() => import("./shortcut-sheet").then((module) => module.ShortcutSheet));

const WARM_UP_AFTER_MS = 1000;

/** The console's keys and their sheet. */
export function Keyboard() {
  const { preferences } = useConsole();
  const [sheet, setSheet] = useState(false);
  useKeys(preferences.singleKeys);
  useEffect(() => onShortcut((call) => call === "sheet" && setSheet(true)), []);
  useWarmUp();
  return sheet ? <Sheet onClose={() => setSheet(false)} /> : null;
}

/** Fetches what may be asked for, once somebody is seen to work here: not with the page, and not in the middle of a press. */
function useWarmUp(): void {
  useEffect(() => {
    const gone = new AbortController();
    const soon = () => {
      gone.abort();
      setTimeout(warmUp, WARM_UP_AFTER_MS);
    };
    for (const sign of ["pointermove", "keydown"]) addEventListener(sign, soon, { signal: gone.signal, passive: true });
    return () => gone.abort();
  }, []);
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
        if (document.querySelector("dialog:modal")) return;
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
  return modified || inside || document.querySelector("dialog:modal") !== null;
}
