"use client";

import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { NodeRow } from "@/lib/services/nodes/read";
import type { OperationView } from "@/lib/services/operations/read";

export type Patch = { nodes: NodeRow[]; gone: string[]; operations: OperationView[]; events: boolean };

/** "resync": patches may have been missed; whoever shows something reads it again. */
type Message = { type: "patch"; patch: Patch } | { type: "resync" };
type Listener = (message: Message) => void;

export type Connection = { state: "connecting" | "live" | "interrupted" | "signed-out"; since: number };

const Live = createContext<{ connection: Connection; subscribe: (listener: Listener) => () => void } | null>(null);

/** The server's beat comes every 15 s: two of them missing, and the stream is not believed any more. */
const SILENCE_MS = 35_000;
const RETRY_MS = 3000;

/** One stream per browser tab for the whole console. */
export function LiveUpdates({ children }: { children: ReactNode }) {
  const [connection, setConnection] = useState<Connection>({ state: "connecting", since: Date.now() });
  const listeners = useRef(new Set<Listener>());

  useEffect(() => {
    const tell = (message: Message) => {
      for (const listener of listeners.current) listener(message);
    };
    const enter = (state: Connection["state"]) => setConnection((now) => (now.state === state ? now : { state, since: Date.now() }));
    let source: EventSource | undefined;
    let watchdog: ReturnType<typeof setTimeout>;
    let retry: ReturnType<typeof setTimeout>;
    let interrupted = false;

    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(lose, SILENCE_MS);
      if (interrupted) tell({ type: "resync" });
      interrupted = false;
      enter("live");
    };
    const lose = () => {
      source?.close();
      interrupted = true;
      enter("interrupted");
      clearTimeout(retry);
      retry = setTimeout(open, RETRY_MS);
    };
    const open = () => {
      source = new EventSource("/api/live");
      source.addEventListener("beat", alive);
      source.addEventListener("resync", () => tell({ type: "resync" }));
      // The web process lives, but has lost PostgreSQL: what is shown is old until it says "resync".
      source.addEventListener("interrupted", () => enter("interrupted"));
      source.addEventListener("patch", (event: MessageEvent<string>) => {
        alive();
        tell({ type: "patch", patch: JSON.parse(event.data) as Patch }); // our own server's text, see lib/live.ts
      });
      source.addEventListener("signed-out", () => {
        source?.close();
        clearTimeout(watchdog);
        enter("signed-out");
      });
      source.addEventListener("error", lose);
    };
    open();
    return () => {
      source?.close();
      clearTimeout(watchdog);
      clearTimeout(retry);
    };
  }, []);

  const value = useMemo(
    () => ({
      connection,
      subscribe: (listener: Listener) => {
        listeners.current.add(listener);
        return () => void listeners.current.delete(listener);
      },
    }),
    [connection],
  );
  return <Live value={value}>{children}</Live>;
}

function useLive() {
  const live = useContext(Live);
  if (!live) throw new Error("useLive stands outside the console's layout.");
  return live;
}

export const useConnection = (): Connection => useLive().connection;

/** Calls the newest `listener` for every message of the stream. */
export function useLiveMessages(listener: Listener): void {
  const { subscribe } = useLive();
  const newest = useRef(listener);
  useEffect(() => {
    newest.current = listener;
  });
  useEffect(() => subscribe((message) => newest.current(message)), [subscribe]);
}
