"use client";

import { useEffect, useRef, useState } from "react";
import type { OperationPage } from "@/lib/services/operations/page";
import type { OperationView } from "@/lib/services/operations/read";
import { useLiveMessages } from "./live-updates";
import { isRunning } from "./use-operations";

/** How many operations of the region run; parts of work on many nodes are not counted beside it. */
export function useRunning(): number {
  const [running, setRunning] = useState<ReadonlySet<string>>(new Set());
  /** What the stream has told since the last question: newer than its answer. */
  const since = useRef<OperationView[]>([]);
  const read = async () => {
    since.current = [];
    const answer = await fetch("/api/v1/operations?filter=running").catch(() => null);
    if (!answer?.ok) return; // the stream will tell
    const { operations } = (await answer.json()) as OperationPage; // our own server's answer, see the route
    setRunning(told(new Set(operations.map(({ id }) => id)), since.current));
  };
  useEffect(() => void read(), []);
  useLiveMessages((message) => {
    if (message.type === "resync") return void read();
    const views = message.patch.operations.filter(({ parentId }) => parentId === null);
    if (!views.length) return;
    since.current.push(...views);
    setRunning((known) => told(known, views));
  });
  return running.size;
}

function told(known: ReadonlySet<string>, views: readonly OperationView[]): ReadonlySet<string> {
  const next = new Set(known);
  for (const view of views)
    if (isRunning(view)) next.add(view.id);
    else next.delete(view.id);
  return next;
}
