"use client";

import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from "react";
import type { AlarmsNow } from "@/lib/services/alarms/now";
import { useLiveMessages } from "./live-updates";

const Now = createContext<AlarmsNow>({ inAlarm: 0, failing: null });

/** A storm of alarms is asked about once a second. */
const PAUSE_MS = 1000;

/** What is in alarm at this moment, for the navigation and the banner, kept true by the stream. */
export function AlarmsNowContext({ initial, children }: { initial: AlarmsNow; children: ReactNode }) {
  const [now, setNow] = useState(initial);
  useEffect(() => setNow(initial), [initial]);
  useAlarmNews(() => {
    void fetch("/api/v1/alarms/now")
      .then(async (answer) => answer.ok && setNow((await answer.json()) as AlarmsNow)) // our own route
      .catch(() => undefined); // the next resync asks again
  });
  return <Now value={now}>{children}</Now>;
}

export const useAlarmsNow = (): AlarmsNow => useContext(Now);

/** Calls `ask` when an alarm or the delivery of a message may have changed, at most once a second. */
export function useAlarmNews(ask: () => void): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveMessages((message) => {
    if (message.type === "patch" && !message.patch.alarms.length && !message.patch.notices) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      ask();
    }, PAUSE_MS);
  });
}
