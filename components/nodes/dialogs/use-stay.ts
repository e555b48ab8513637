"use client";

import { useCallback, useEffect, useState } from "react";
import { useLiveMessages } from "@/components/shell/live-updates";
import type { RemovalView } from "@/lib/services/maintenance/last-removal";
import type { MaintenanceView } from "@/lib/services/maintenance/read";

export type Stay = { maintenance: MaintenanceView | null; removal: RemovalView };

/** The stay out of service that a node is in, or its last one, kept true while a dialog is open; null until it is read. `read` reads it again. */
export function useStay(nodeId: string): { stay: Stay | null; read: () => Promise<void> } {
  const [stay, setStay] = useState<Stay | null>(null);
  const read = useCallback(async () => {
    const answer = await fetch(`/api/v1/nodes/${encodeURIComponent(nodeId)}/maintenance`).catch(() => null);
    if (answer?.ok) setStay((await answer.json()) as Stay); // our own server's answer, see the route
  }, [nodeId]);
  useEffect(() => void read(), [read]);
  useLiveMessages((message) => {
    if (message.type === "resync" || message.patch.operations.some((operation) => operation.nodeId === nodeId)) void read();
  });
  return { stay, read };
}

/** Those that Regent moved away and that are still where it moved them. */
export const linesAway = (maintenance: MaintenanceView | null | undefined): MaintenanceView["lines"] =>
  maintenance?.lines.filter(({ state, targetId }) => state === "moved" && targetId !== null) ?? [];
