import { useEffect, useState } from "react";

/** Milliseconds that are left of `given`, counted from when that was given, by this browser's uptime: its clock may be wrong. */
export function useTimeLeft(given: number, stepMs: number): number {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    const from = performance.now();
    setElapsed(0);
    const timer = setInterval(() => setElapsed(performance.now() - from), stepMs);
    return () => clearInterval(timer);
  }, [given, stepMs]);
  return Math.max(0, given - elapsed);
}
