"use client";

import { useCallback, useEffect, useState } from "react";
import { useLiveMessages } from "@/components/shell/live-updates";
import type { RemovalView } from "@/lib/services/maintenance/last-removal";
import type { MaintenanceView } from "@/lib/services/maintenance/read";

export type Stay = { maintenance: MaintenanceView | null; removal: RemovalView | null };

/** The stay out of service that a node is in, or its last one, kept true while a dialog is open; null until it is read. */
export function useStay(nodeId: string): Stay | null {
  const [stay, setStay] = useState<Stay | null>(null);
  const read = useCallback(async () => {
    const answer = await fetch(`/api/v1/nodes/${encodeURIComponent(nodeId)}/maintenance`).catch(() => null);
    if (answer?.ok) setStay((await answer.json()) as Stay); // our own server's answer, see the route
  }, [nodeId]);
  useEffect(() => void read(), [read]);
  useLiveMessages((message) => {
    if (message.type === "resync" || message.patch.operations.some((operation) => operation.nodeId === nodeId)) void read();
  });
  return stay;
}

/** Those that Regent moved away and that are still where it moved them. */
export const linesAway = (maintenance: MaintenanceView | null | undefined): MaintenanceView["lines"] =>
  maintenance?.lines.filter(({ state, targetId }) => state === "moved" && targetId !== null) ?? [];
