"use client";

import { useEffect, useState } from "react";
import { useAlarmNews } from "./alarms-now";

const NONE: ReadonlySet<string> = new Set();

/** The nodes that are in an alarm that nobody muted, by their ids; kept true by the stream. */
export function useNodesInAlarm(): ReadonlySet<string> {
  const [nodes, setNodes] = useState(NONE);
  const [asked, setAsked] = useState(0);
  useAlarmNews(() => setAsked((times) => times + 1));
  useEffect(() => {
    const gone = new AbortController();
    void fetch("/api/v1/alarms/nodes", { signal: gone.signal })
      .then(async (answer) => answer.ok && setNodes(new Set(((await answer.json()) as { nodes: string[] }).nodes))) // our own route
      .catch(() => undefined); // the next news asks again
    return () => gone.abort();
  }, [asked]);
  return nodes;
}
