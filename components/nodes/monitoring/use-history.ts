"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useLiveMessages, useLiveSamples, useServerNow } from "@/components/shell/live-updates";
import type { HistoryAnswer } from "@/lib/domain/history-request";
import { readNews } from "@/lib/domain/sample-wire";
import { spanOf, type TimeRange } from "@/lib/domain/time-range";

const MS = 1000;
/** Nothing is asked for more often, and where a point is wider no more often than it can change in sight. */
const LEAST_WAIT_S = 10;
const MOST_WAIT_S = 60;
const LOOK_MS = 5000;

/** What was read: the answer, and which span it is of. */
export type ReadHistory = { answer: HistoryAnswer; from: number; to: number };
export type HistoryState = { read: ReadHistory | null; reason: string | null; reading: boolean; again: () => void; sampledAt: number };

/**
 * The history of a node over a range. A relative range is read again as its samples arrive, and as time goes on without them; while it
 * is `held`, what is shown stands still. Of a reading that fails the one before stays. `sampledAt`: seconds since 1970.
 */
export function useHistory(nodeId: string, range: TimeRange, compare: boolean, held: boolean, knownSample: number): HistoryState {
  const serverNow = useServerNow();
  const [state, set] = useState<Omit<HistoryState, "again" | "sampledAt">>({ read: null, reason: null, reading: true });
  const [heard, setHeard] = useState(knownSample);
  const asked = useRef<{ at: number; abort: AbortController } | null>(null);
  const key = JSON.stringify([range, compare]);

  const readNow = useCallback(async () => {
    asked.current?.abort.abort();
    const abort = new AbortController();
    asked.current = { at: serverNow(), abort };
    set((now) => ({ ...now, reading: true }));
    const { from, to } = spanOf(range, serverNow() / MS);
    const answer = await ask(nodeId, from, to, compare, abort.signal);
    if (abort.signal.aborted) return;
    set(({ read }) =>
      "reason" in answer ? { read, reason: answer.reason, reading: false } : { read: { answer, from, to }, reason: null, reading: false },
    );
  }, [nodeId, key, serverNow]); // oxlint-disable-line react-hooks/exhaustive-deps -- the key is the range and whether to compare

  useEffect(() => {
    void readNow();
    return () => asked.current?.abort.abort();
  }, [readNow]);

  const step = state.read?.answer.step ?? LEAST_WAIT_S;
  const wait = Math.min(MOST_WAIT_S, Math.max(LEAST_WAIT_S, step)) * MS;
  const moveOn = (after: number) => {
    if (range.kind === "fixed" || held || document.hidden || !asked.current || serverNow() - asked.current.at < after) return;
    void readNow();
  };
  const newest = useRef(moveOn);
  useEffect(() => void (newest.current = moveOn));
  useEffect(() => {
    // Twice as patient as samples are: they bring it on by themselves while there are any.
    const timer = setInterval(() => newest.current(2 * wait), LOOK_MS);
    return () => clearInterval(timer);
  }, [wait]);
  useLiveSamples((samples) => {
    const mine = readNews(Uint8Array.from(atob(samples), (character) => character.charCodeAt(0))).find(({ id }) => id === nodeId);
    if (!mine) return;
    setHeard(mine.at);
    moveOn(wait);
  });
  useLiveMessages((message) => void (message.type === "resync" && moveOn(0)));
  return { ...state, again: () => void readNow(), sampledAt: Math.max(heard, knownSample) };
}

async function ask(
  nodeId: string,
  from: number,
  to: number,
  compare: boolean,
  signal: AbortSignal,
): Promise<HistoryAnswer | { reason: string }> {
  const query = new URLSearchParams({ from: String(from), to: String(to), median: compare ? "1" : "0" });
  try {
    const response = await fetch(`/api/v1/nodes/${nodeId}/history?${query}`, { signal });
    // Our own server's answer, see the route.
    const answer = (await response.json()) as HistoryAnswer | { reason: string };
    return response.ok || "reason" in answer ? answer : { reason: NO_ANSWER };
  } catch {
    return { reason: NO_ANSWER };
  }
}

const NO_ANSWER = "Regent did not answer. Check the connection.";
