"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { toast } from "@/components/ui/toast";
import { savePreferences } from "@/lib/actions/preferences";
import type { Preferences, PreferencesPatch } from "@/lib/domain/preferences";
import { PREFERENCES } from "@/lib/messages/console";

/** A column that is dragged wider changes with every pixel. */
const SAVE_AFTER_MS = 400;

/** Preferences as this tab shows them: changed at once, saved a moment later. `stored` is what the server drew the page with. */
export function usePreferences(stored: Preferences) {
  const [preferences, setShown] = useState(stored);
  const save = useSaving();

  // Another tab or another browser may have changed them: what the server says newly is taken over, what it repeats is not.
  const said = JSON.stringify(stored);
  const before = useRef(said);
  useEffect(() => {
    if (before.current === said) return;
    before.current = said;
    setShown(JSON.parse(said) as Preferences); // written two lines above
  }, [said]);

  const setPreferences = useCallback(
    (patch: PreferencesPatch) => {
      setShown((shown) => ({ ...shown, ...patch }));
      save(patch);
    },
    [save],
  );
  return { preferences, setPreferences };
}

/** Gathers changes and sends them. What could not be saved is told once and goes along with the next change. */
function useSaving(): (patch: PreferencesPatch) => void {
  const waiting = useRef<PreferencesPatch>({});
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const told = useRef(false);

  const send = useCallback(async () => {
    clearTimeout(timer.current);
    const patch = waiting.current;
    if (Object.keys(patch).length === 0) return;
    waiting.current = {};
    const outcome = await savePreferences(patch).catch(() => null);
    if (outcome?.ok) return void (told.current = false);
    waiting.current = { ...patch, ...waiting.current };
    if (!told.current) toast.error(PREFERENCES.notSaved, { description: outcome?.reason ?? PREFERENCES.noAnswer });
    told.current = true;
  }, []);

  useEffect(() => {
    const leave = () => void send();
    window.addEventListener("pagehide", leave);
    return () => window.removeEventListener("pagehide", leave);
  }, [send]);

  return useCallback(
    (patch) => {
      waiting.current = { ...waiting.current, ...patch };
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void send(), SAVE_AFTER_MS);
    },
    [send],
  );
}
