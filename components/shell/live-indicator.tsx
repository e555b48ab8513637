"use client";

import { Circle, CircleDashed, LogOut } from "lucide-react";
import { useContext, useEffect, useState } from "react";
import { clockTime, TimeZoneContext } from "@/components/ui/time-zone";
import { useConnection, useDataAge, useHeardAt, type Connection } from "./live-updates";

const STATES = {
  connecting: { label: "Connecting", glyph: CircleDashed },
  live: { label: "Live", glyph: Circle },
  interrupted: { label: "Reconnecting", glyph: CircleDashed },
  updated: { label: "Outdated", glyph: CircleDashed },
  "signed-out": { label: "Signed out", glyph: LogOut },
} as const satisfies Record<Connection, unknown>;

/** Whether what the page shows is what is true now. */
export function LiveIndicator() {
  const state = useConnection();
  const { lost, since } = useDataAge();
  const zone = useContext(TimeZoneContext);
  const { label, glyph: Glyph } = STATES[state];
  return (
    <p
      role="status"
      className="flex min-h-8 items-center sm:min-w-28 gap-1.5 rounded-md border border-line px-2.5 text-sm whitespace-nowrap max-[420px]:px-1.5"
    >
      <Glyph aria-hidden size={10} className={state === "live" ? "fill-positive text-positive" : "text-muted"} />
      <span className="max-[420px]:sr-only">{label}</span>
      {/* Where there is no room for it, the banner below tells it too. */}
      {lost && <span className="text-muted max-2xl:sr-only">· data from {clockTime(new Date(since), zone)}</span>}
      {state === "live" && <Age />}
    </p>
  );
}

/** Counts the seconds since the last beat. Not for screen readers, to which every second would be announced. */
function Age() {
  const heardAt = useHeardAt();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span aria-hidden className="min-w-7 text-muted max-sm:hidden">
      · {Math.max(0, Math.floor((now - heardAt()) / 1000))} s
    </span>
  );
}
