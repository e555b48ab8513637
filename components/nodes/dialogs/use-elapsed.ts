"use client";

import { useEffect, useState } from "react";

/** Milliseconds since `from`, both by this browser's uptime (performance.now()), counted on every `stepMs`; 0 while there is no `from`. */
export function useElapsed(from: number | null, stepMs: number): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (from === null) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), stepMs);
    return () => clearInterval(timer);
  }, [from, stepMs]);
  return from === null ? 0 : Math.max(0, now - from);
}
