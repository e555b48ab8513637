"use client";

import { useEffect, useState } from "react";
import type { NodeDetail, NodeRow } from "@/lib/services/nodes/read";
import { stillNamed } from "./palette-match";

/** A pause in typing that is worth a question. */
const PAUSE_MS = 120;

type Answer = { text: string; nodes: NodeRow[]; state: "found" | "failed" | "signed-out" };
export type NodeSearch = { nodes: NodeRow[]; state: "idle" | "searching" | Answer["state"] };

const NONE: Answer = { text: "", nodes: [], state: "found" };

/** Nodes by name, IP, MAC address and tag, from the server. While it answers, what was found before and still fits stays. */
export function useNodeSearch(text: string): NodeSearch {
  const [answer, setAnswer] = useState(NONE);
  useEffect(() => {
    if (!text) return setAnswer(NONE);
    const gone = new AbortController();
    const search = async () => {
      const next = await ask(text, gone.signal);
      if (!gone.signal.aborted) setAnswer(next);
    };
    const timer = setTimeout(() => void search(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [text]);
  if (!text) return { nodes: [], state: "idle" };
  if (answer.text === text) return { nodes: answer.nodes, state: answer.state };
  return { nodes: answer.nodes.filter((node) => stillNamed(node, text)), state: "searching" };
}

async function ask(text: string, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(`/api/v1/nodes/search?q=${encodeURIComponent(text)}`, { signal });
    if (!response.ok) return { text, nodes: [], state: response.status === 401 ? "signed-out" : "failed" };
    const { nodes } = (await response.json()) as { nodes: NodeRow[] }; // our own server's answer, see the route
    return { text, nodes, state: "found" };
  } catch {
    return { text, nodes: [], state: "failed" }; // cut off on the way, in the middle of the answer too
  }
}

/** Longer than this nobody waits for the list of what can be done. */
const PAGE_MS = 1000;

/** The node whose page this is; null elsewhere and when it could not be read, undefined until that is known. */
export function useNodeOfPage(pathname: string): NodeDetail | null | undefined {
  const id = /^\/nodes\/([0-9a-f-]{36})(?:\/|$)/.exec(pathname)?.[1];
  const [node, setNode] = useState<NodeDetail | null | undefined>(id ? undefined : null);
  useEffect(() => {
    if (!id) return;
    void fetch(`/api/v1/nodes/${id}`, { signal: AbortSignal.timeout(PAGE_MS) })
      .then(async (answer) => setNode(answer.ok ? ((await answer.json()) as NodeDetail) : null)) // our own server's answer, see the route
      .catch(() => setNode(null)); // Its actions are on its page too.
  }, [id]);
  return node;
}
