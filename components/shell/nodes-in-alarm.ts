"use client";

import { useEffect, useRef, useState } from "react";
import { useLiveMessages } from "./live-updates";

const NONE: ReadonlySet<string> = new Set();
/** A storm of alarms is asked about once a second. */
const PAUSE_MS = 1000;

/** The nodes that are in an alarm that nobody muted, by their ids; kept true by the stream. */
export function useNodesInAlarm(): ReadonlySet<string> {
  const [nodes, setNodes] = useState(NONE);
  const [asked, setAsked] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveMessages((message) => {
    if (message.type === "patch" && !message.patch.alarms.length) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      setAsked((times) => times + 1);
    }, PAUSE_MS);
  });
  useEffect(() => {
    const gone = new AbortController();
    void fetch("/api/v1/alarms/nodes", { signal: gone.signal })
      .then(async (answer) => answer.ok && setNodes(new Set(((await answer.json()) as { nodes: string[] }).nodes))) // our own route
      .catch(() => undefined); // the next news asks again
    return () => gone.abort();
  }, [asked]);
  return nodes;
}
