"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useLiveMessages } from "@/components/shell/live-updates";
import type { OperationDetail } from "@/lib/services/operations/read";

const POLL_MS = 3000;
/** Many lines that end in a row are read together. */
const GATHER_MS = 500;

/** An operation with its steps, as it goes on; null without an id and until it is read. */
export function useOperation(id: string | null): OperationDetail | null {
  const [operation, setOperation] = useState<OperationDetail | null>(null);
  const read = useCallback(async () => {
    if (!id) return;
    const answer = await fetch(`/api/v1/operations/${encodeURIComponent(id)}`).catch(() => null);
    if (answer?.ok) setOperation((await answer.json()) as OperationDetail); // our own server's answer, see the route
  }, [id]);
  const gathering = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(gathering.current);
      gathering.current = undefined;
    },
    [id],
  );
  const readSoon = () => {
    if (!operation?.bulk) return void read();
    gathering.current ??= setTimeout(() => {
      gathering.current = undefined;
      void read();
    }, GATHER_MS);
  };
  const ended = operation?.id === id && (operation?.status === "succeeded" || operation?.status === "failed");
  useEffect(() => {
    if (!id || ended) return;
    void read();
    // The stream tells at once; this is for the time when it is interrupted.
    const timer = setInterval(() => void read(), POLL_MS);
    return () => clearInterval(timer);
  }, [id, ended, read]);
  useLiveMessages((message) => {
    if (!id) return;
    if (message.type === "resync" || message.patch.operations.some((view) => view.id === id || view.parentId === id)) readSoon();
  });
  return operation?.id === id ? operation : null;
}
