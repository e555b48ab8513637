"use client";

import { createContext, useContext, useMemo, type ReactNode } from "react";
import { TimeZoneContext } from "@/components/ui/time-zone";
import type { RefusalContext, RegionFacts } from "@/lib/domain/lifecycle";
import type { UserRole } from "@/lib/domain/permissions";
import type { Preferences, PreferencesPatch } from "@/lib/domain/preferences";
import { usePreferences } from "./preferences";

/** What the server knows when it draws a page of the console. */
type ServerFacts = {
  user: { id: string; name: string; role: UserRole };
  settings: RefusalContext["settings"];
  region: RegionFacts;
  preferences: Preferences;
  /** The build that drew the page; the live stream tells when another one answers. */
  build: string;
};

/** What every page of the console knows: who looks and how he likes it, and what of the region decides about commands. */
export type ConsoleFacts = ServerFacts & { setPreferences: (patch: PreferencesPatch) => void };

const Context = createContext<ConsoleFacts | null>(null);

/** Density stands on the root of the console, in the server's markup already: no row changes its height after the first paint. */
export function ConsoleContext({ facts, children }: { facts: ServerFacts; children: ReactNode }) {
  const { preferences, setPreferences } = usePreferences(facts.preferences);
  const value = useMemo(() => ({ ...facts, preferences, setPreferences }), [facts, preferences, setPreferences]);
  return (
    <Context value={value}>
      <TimeZoneContext value={preferences.timeZone}>
        <div data-density={preferences.density} className="contents">
          {children}
        </div>
      </TimeZoneContext>
    </Context>
  );
}

export function useConsole(): ConsoleFacts {
  const facts = useContext(Context);
  if (!facts) throw new Error("useConsole stands outside the console's layout.");
  return facts;
}
