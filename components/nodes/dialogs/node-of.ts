"use client";

import { useCallback, useEffect, useState } from "react";
import { toast } from "@/components/ui/toast";
import { useLiveMessages } from "@/components/shell/live-updates";
import type { NodeDetail } from "@/lib/services/nodes/read";

export type DialogNode = NodeDetail;

/** The node a dialog is about, in full, kept up to date while it is open; null until it is read, and when it is gone. */
export function useNodeOf(id: string): DialogNode | null {
  const [node, setNode] = useState<DialogNode | null>(null);
  const read = useCallback(async () => {
    const answer = await fetch(`/api/v1/nodes/${encodeURIComponent(id)}`).catch(() => null);
    // Our own server's answers, see the route.
    if (answer?.ok) setNode((await answer.json()) as DialogNode);
    else
      toast.error(
        answer
          ? ((await answer.json()) as { reason: string }).reason
          : "The node could not be read. Check the connection to Regent and try again.",
      );
  }, [id]);
  useEffect(() => void read(), [read]);
  useLiveMessages((message) => {
    if (message.type === "resync" || message.patch.nodes.some((row) => row.id === id)) void read();
  });
  return node;
}
