import { useEffect, useRef } from "react";
import { useLiveMessages, useLiveSamples } from "@/components/shell/live-updates";
import type { NodeMetrics } from "@/lib/domain/trends";
import type { TrendBook } from "./trend-book";

/** Tells what was measured: the last hour of every node once, and again whenever samples may have been missed; then each sample as it comes. */
export function useTrends(tell: (metrics: ReadonlyMap<string, NodeMetrics>) => void): void {
  const book = useRef<Promise<TrendBook>>(undefined);
  // Its code comes with the first samples, not with the page. What could not be fetched is asked for again with the next.
  const withBook = (use: (open: TrendBook) => ReadonlyMap<string, NodeMetrics>) => {
    book.current ??= import("./trend-book").then((module) => new module.TrendBook());
    book.current.then(
      (open) => tell(use(open)),
      () => (book.current = undefined),
    );
  };
  // Without an answer the sparklines begin with what the stream tells; the next resync asks again.
  const readHours = () =>
    fetchHours().then(
      (bytes) => bytes && withBook((open) => open.takeHours(bytes)),
      () => undefined,
    );
  useEffect(() => void readHours(), []); // oxlint-disable-line react-hooks/exhaustive-deps -- once: from then on the stream says when to ask again
  useLiveSamples((samples) => withBook((open) => open.takeNews(samples)));
  useLiveMessages((message) => void (message.type === "resync" && readHours()));
}

async function fetchHours(): Promise<Uint8Array | null> {
  const { ok, body } = await fetch("/api/trends");
  if (!ok || !body) return null;
  return new Uint8Array(await new Response(body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}
