"use client";

import { useRouter } from "next/navigation";
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useConsole } from "./console-context";
import { openLive } from "./live-source";
import type { Patch, Signal } from "./live-stream";

/** "resync": patches may have been missed; whoever shows something reads it again. */
type Message = { type: "patch"; patch: Patch } | { type: "resync" };
type Listener = (message: Message) => void;
type SampleListener = (samples: string) => void;

/** "updated": another build answers than the one that drew this page, which stands still from then on. */
export type Connection = "connecting" | "live" | "interrupted" | "updated" | "signed-out";

type LiveValue = {
  connection: Connection;
  /** When what is shown was last known to be true, ms since 1970. */
  heardAt: () => number;
  /** The server's clock, ms since 1970: the ages of what it says are measured by it. */
  serverNow: () => number;
  subscribe: (listener: Listener) => () => void;
  subscribeSamples: (listener: SampleListener) => () => void;
  setLeaving: (leaving: boolean) => void;
};

const Live = createContext<LiveValue | null>(null);

/** Data that nobody has vouched for this long count as stale. */
const STALE_MS = 60_000;

/** What the stream of this browser tells, for everything on the page. A tab that nobody looks at draws nothing, and reads afresh when it is shown. */
export function LiveUpdates({ children }: { children: ReactNode }) {
  const { user, build } = useConsole();
  const router = useRouter();
  const [leaving, setLeaving] = useState(false);
  const [connection, setConnection] = useState<Connection>("connecting");
  const listeners = useRef(new Set<Listener>());
  const sampleListeners = useRef(new Set<SampleListener>());
  const heard = useRef(0);
  const ahead = useRef(0);

  useEffect(() => {
    if (leaving) return;
    heard.current = Date.now();
    let missed = false;
    let updated = false;
    const tell = <Of,>(to: Set<(of: Of) => void>, of: Of) => {
      if (document.hidden) return void (missed = true);
      for (const listener of to) listener(of);
    };
    const close = openLive(user.id, (signal: Signal) => {
      if (signal.type === "build") updated = signal.build !== build;
      // Next.js answers the first reading from another build by loading the page anew: without its own query, and over an open dialog.
      if (updated && signal.type !== "signed-out") return setConnection("updated");
      switch (signal.type) {
        case "build":
          return;
        case "live":
          heard.current = Math.max(heard.current, signal.at);
          if (signal.server) ahead.current = signal.server - signal.at;
          return setConnection("live");
        case "patch":
        case "resync":
          return tell(listeners.current, signal);
        case "role":
          return router.refresh();
        case "samples":
          return tell(sampleListeners.current, signal.samples);
        case "interrupted":
        case "signed-out":
          return setConnection(signal.type);
      }
    });
    const shown = () => {
      if (document.hidden || !missed) return;
      missed = false;
      tell(listeners.current, { type: "resync" });
    };
    document.addEventListener("visibilitychange", shown);
    return () => {
      document.removeEventListener("visibilitychange", shown);
      close();
    };
  }, [user.id, build, router, leaving]);

  const value = useMemo(
    () => ({
      connection,
      heardAt: () => heard.current,
      serverNow: () => Date.now() + ahead.current,
      subscribe: (listener: Listener) => {
        listeners.current.add(listener);
        return () => void listeners.current.delete(listener);
      },
      subscribeSamples: (listener: SampleListener) => {
        sampleListeners.current.add(listener);
        return () => void sampleListeners.current.delete(listener);
      },
      setLeaving,
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

/** For who signs out: the stream, which would tell this page that it is signed out, is let go before, and taken again when nothing came of it. */
export const useLeaving = (): ((leaving: boolean) => void) => useLive().setLeaving;

export const useConnection = (): Connection => useLive().connection;

/** The moment of the last beat or patch, ms since 1970; for those who show its age. */
export const useHeardAt = (): (() => number) => useLive().heardAt;

export const useServerNow = (): (() => number) => useLive().serverNow;

/** Whether what is shown is kept true no more, is older than it may be, and from when it is (ms since 1970). Draws again only when that changes. */
export function useDataAge(): { lost: boolean; stale: boolean; since: number } {
  const { connection, heardAt } = useLive();
  const lost = connection !== "live" && connection !== "connecting";
  const [stale, setStale] = useState(false);
  useEffect(() => {
    if (!lost) return setStale(false);
    const timer = setTimeout(() => setStale(true), Math.max(0, heardAt() + STALE_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [lost, heardAt]);
  return { lost, stale: lost && stale, since: heardAt() };
}

/** Calls the newest `listener` for every message of the stream. */
export const useLiveMessages = (listener: Listener): void => useNewest(useLive().subscribe, listener);

/** Calls the newest `listener` with what was measured in the last second: base64, see lib/domain/sample-wire.ts. */
export const useLiveSamples = (listener: SampleListener): void => useNewest(useLive().subscribeSamples, listener);

function useNewest<Of>(subscribe: (listener: (of: Of) => void) => () => void, listener: (of: Of) => void): void {
  const newest = useRef(listener);
  useEffect(() => {
    newest.current = listener;
  });
  useEffect(() => subscribe((of) => newest.current(of)), [subscribe]);
}
