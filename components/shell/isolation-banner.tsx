"use client";

import { useEffect, useState } from "react";
import { onDemand } from "@/components/ui/on-demand";
import type { Isolation } from "@/lib/domain/fencing";
import { useLiveMessages } from "./live-updates";

const IsolationCallout = onDemand(() => import("./isolation-callout").then((module) => module.IsolationCallout));

/** Says across the page that it is the console which is cut off, and that nothing is done meanwhile. */
export function IsolationBanner({ initial }: { initial: Isolation | null }) {
  const [isolation, setIsolation] = useState(initial);
  useEffect(() => setIsolation(initial), [initial]);
  useLiveMessages((message) => {
    if (message.type === "patch") {
      if (message.patch.isolation !== undefined) setIsolation(message.patch.isolation);
      return;
    }
    void fetch("/api/v1/region")
      .then(async (answer) => answer.ok && setIsolation(((await answer.json()) as { isolation: Isolation | null }).isolation)) // our own route
      .catch(() => undefined); // the next resync asks again
  });
  return <div role="status">{isolation && <IsolationCallout isolation={isolation} />}</div>;
}
