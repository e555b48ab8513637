"use client";

import { createContext, useContext, type ReactNode } from "react";
import type { RefusalContext, RegionFacts } from "@/lib/domain/lifecycle";
import type { UserRole } from "@/lib/domain/permissions";

/** What every page of the console knows: who looks, and what of the region decides about commands. */
export type ConsoleFacts = {
  user: { id: string; name: string; role: UserRole };
  settings: RefusalContext["settings"];
  region: RegionFacts;
};

const Context = createContext<ConsoleFacts | null>(null);

export function ConsoleContext({ facts, children }: { facts: ConsoleFacts; children: ReactNode }) {
  return <Context value={facts}>{children}</Context>;
}

export function useConsole(): ConsoleFacts {
  const facts = useContext(Context);
  if (!facts) throw new Error("useConsole stands outside the console's layout.");
  return facts;
}
