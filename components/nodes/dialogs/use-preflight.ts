"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useLiveMessages } from "@/components/shell/live-updates";
import type { PreflightView } from "@/lib/services/maintenance/preflight";

const EVERY_MS = 2000;
/** From then on nobody should act on what is shown. */
const OLD_MS = 10_000;

/** `receivedAt` by this browser's own uptime, so that no clock that is set or differs makes an answer older or newer. */
type Answer = { view: PreflightView; receivedAt: number };

/** The checks of a node, made again every two seconds while somebody looks, and when the stream tells of the node. */
export function usePreflight(nodeId: string): { answer: Answer | null; old: boolean } {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [old, setOld] = useState(false);
  const heard = useRef(0);
  const reading = useRef(false);
  const read = useCallback(async () => {
    if (document.hidden) return;
    setOld(heard.current > 0 && performance.now() - heard.current > OLD_MS);
    if (reading.current) return;
    reading.current = true;
    const got = await fetch(`/api/v1/nodes/${encodeURIComponent(nodeId)}/preflight`).catch(() => null);
    reading.current = false;
    if (!got?.ok) return;
    const view = (await got.json()) as PreflightView; // our own server's answer, see the route
    heard.current = performance.now();
    setAnswer({ view, receivedAt: heard.current });
    setOld(false);
  }, [nodeId]);
  useEffect(() => {
    heard.current = performance.now();
    void read();
    const timer = setInterval(() => void read(), EVERY_MS);
    return () => clearInterval(timer);
  }, [read]);
  useLiveMessages((message) => {
    if (message.type === "resync" || message.patch.nodes.some(({ id }) => id === nodeId)) void read();
  });
  return { answer, old };
}
