import { useEffect, useState } from "react";
import { useServerNow } from "@/components/shell/live-updates";
import { STALE_SECONDS } from "@/lib/domain/sample-times";
import type { NodeRow } from "@/lib/services/nodes/read";

const LOOK_MS = 2000;
const MS = 1000;
const NONE: ReadonlySet<string> = new Set();

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => a.size === b.size && [...a].every((id) => b.has(id));

/** The nodes that were sampled once and have not been for a minute, by the server's clock. The same set while it holds the same. */
export function useStaleNodes(rows: readonly NodeRow[]): ReadonlySet<string> {
  const serverNow = useServerNow();
  const [stale, setStale] = useState(NONE);
  useEffect(() => {
    const look = () => {
      const oldest = new Date(serverNow() - STALE_SECONDS * MS).toISOString();
      const found = new Set(rows.filter(({ metrics }) => metrics && metrics.sampledAt < oldest).map(({ id }) => id));
      setStale((known) => (same(known, found) ? known : found));
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [rows, serverNow]);
  return stale;
}
