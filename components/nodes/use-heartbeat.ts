import { useState } from "react";
import { useLiveSamples } from "@/components/shell/live-updates";
import { readNews } from "@/lib/domain/sample-wire";

/** Calls `take` with the moment of each sample of one node as it comes, seconds since 1970. */
export function useSamplesOf(nodeId: string, take: (at: number) => unknown): void {
  useLiveSamples((samples) => {
    const mine = readNews(Uint8Array.from(atob(samples), (character) => character.charCodeAt(0))).find(({ id }) => id === nodeId);
    if (mine) take(mine.at);
  });
}

/** When a node answered last, seconds since 1970: what the page knew, or a sample since. */
export function useHeartbeat(nodeId: string, known: number): number {
  const [heard, setHeard] = useState(known);
  useSamplesOf(nodeId, setHeard);
  return Math.max(heard, known);
}
