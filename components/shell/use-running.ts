"use client";

import { useEffect, useState } from "react";
import type { OperationPage } from "@/lib/services/operations/page";
import { useLiveMessages } from "./live-updates";
import { isRunning } from "./use-operations";

/** How many operations of the region run; parts of work on many nodes are not counted beside it. */
export function useRunning(): number {
  const [running, setRunning] = useState<ReadonlySet<string>>(new Set());
  const read = async () => {
    const answer = await fetch("/api/v1/operations?filter=running").catch(() => null);
    if (!answer?.ok) return; // the stream will tell
    const { operations } = (await answer.json()) as OperationPage; // our own server's answer, see the route
    setRunning(new Set(operations.map(({ id }) => id)));
  };
  useEffect(() => void read(), []);
  useLiveMessages((message) => {
    if (message.type === "resync") return void read();
    const told = message.patch.operations.filter(({ parentId }) => parentId === null);
    if (!told.length) return;
    setRunning((known) => {
      const next = new Set(known);
      for (const view of told)
        if (isRunning(view)) next.add(view.id);
        else next.delete(view.id);
      return next;
    });
  });
  return running.size;
}
