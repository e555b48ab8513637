"use client";

import { useEffect, useRef, useState } from "react";
import { useLiveMessages } from "@/components/shell/live-updates";
import type { Readiness, RegionReadiness } from "@/lib/domain/readiness";

const LOOK_MS = 15_000;
/** After a change, which others may follow; a busy region is asked about no more often. */
const PAUSE_MS = 2000;

/** Whether each node can be taken out, by its id; asked for only while it is shown. null: not known yet. */
export function useReadiness(wanted: boolean): ReadonlyMap<string, Readiness> | null {
  const [readiness, setReadiness] = useState<ReadonlyMap<string, Readiness> | null>(null);
  const [asked, setAsked] = useState(0);
  const soon = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(soon.current), []);
  useLiveMessages(() => {
    if (!wanted) return;
    soon.current ??= setTimeout(() => {
      soon.current = undefined;
      setAsked((times) => times + 1);
    }, PAUSE_MS);
  });
  useEffect(() => {
    if (!wanted) return;
    const look = () =>
      void fetch("/api/v1/readiness")
        .then(async (answer) => answer.ok && setReadiness(byNode((await answer.json()) as RegionReadiness))) // our own route
        .catch(() => undefined); // what was known stays until the next time
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [wanted, asked]);
  return readiness;
}

const byNode = ({ nodes }: RegionReadiness): ReadonlyMap<string, Readiness> => new Map(nodes.map(({ nodeId, ...one }) => [nodeId, one]));
