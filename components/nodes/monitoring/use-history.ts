"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useLiveMessages, useServerNow } from "@/components/shell/live-updates";
import type { HistoryAnswer } from "@/lib/domain/history-request";
import { spanOf, type TimeRange } from "@/lib/domain/time-range";
import { MONITORING } from "@/lib/messages/monitoring";
import { useSamplesOf } from "../use-heartbeat";

const MS = 1000;
/** Nothing is asked for more often, and where a point is wider no more often than it can change in sight. */
const LEAST_WAIT_S = 10;
const MOST_WAIT_S = 60;
const LOOK_MS = 5000;
/** Samples come late by no more than this: what is older does not change any more. */
const SETTLED_S = 60;

/** What was read: the answer, which span it is of, and when it was asked for (seconds since 1970): nothing later was known. */
export type ReadHistory = { answer: HistoryAnswer; from: number; to: number; asOf: number };
export type HistoryState = { read: ReadHistory | null; reason: string | null; reading: boolean; again: () => void; sampledAt: number };

/**
 * The history of a node over a range. What is not over yet is read again as its samples arrive, and as time goes on without them; while
 * it is `held`, what is shown stands still. Of a reading that fails the one before stays, and it is tried again. `sampledAt`: seconds since 1970.
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
    const asOf = Math.floor(serverNow() / MS);
    const { from, to } = spanOf(range, asOf);
    const answer = await ask(nodeId, from, to, compare, abort.signal);
    if (abort.signal.aborted) return;
    set(({ read }) =>
      "reason" in answer
        ? { read, reason: answer.reason, reading: false }
        : { read: { answer, from, to, asOf }, reason: null, reading: false },
    );
  }, [nodeId, key, serverNow]); // oxlint-disable-line react-hooks/exhaustive-deps -- the key is the range and whether to compare

  useEffect(() => {
    void readNow();
    return () => asked.current?.abort.abort();
  }, [readNow]);

  const step = state.read?.answer.step ?? LEAST_WAIT_S;
  const wait = Math.min(MOST_WAIT_S, Math.max(LEAST_WAIT_S, step)) * MS;
  const moveOn = (after: number) => {
    if (held || document.hidden || !asked.current || serverNow() - asked.current.at < after) return;
    const settled = range.kind === "fixed" && asked.current.at > (range.to + SETTLED_S) * MS;
    if (settled && state.reason === null) return;
    void readNow();
  };
  const newest = useRef(moveOn);
  useEffect(() => void (newest.current = moveOn));
  useEffect(() => {
    // Twice as patient as samples are: they bring it on by themselves while there are any.
    const timer = setInterval(() => newest.current(2 * wait), LOOK_MS);
    return () => clearInterval(timer);
  }, [wait]);
  useSamplesOf(nodeId, (at) => {
    setHeard(at);
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
  const { noAnswer, fault } = MONITORING.unread;
  const response = await fetch(`/api/v1/nodes/${nodeId}/history?${query}`, { signal }).catch(() => null);
  if (!response) return { reason: noAnswer };
  // Our own server's answer, see the route; a fault has none.
  const answer = (await response.json().catch(() => null)) as HistoryAnswer | { reason: string } | null;
  return answer && (response.ok || "reason" in answer) ? answer : { reason: response.ok ? noAnswer : fault };
}
