"use client";

import { Circle, CircleDashed, LogOut } from "lucide-react";
import { useConnection, type Connection } from "./live-updates";

const STATES = {
  connecting: { label: "Connecting", glyph: CircleDashed },
  live: { label: "Live", glyph: Circle },
  interrupted: { label: "Reconnecting", glyph: CircleDashed },
  "signed-out": { label: "Signed out", glyph: LogOut },
} as const satisfies Record<Connection["state"], unknown>;

/** Whether what the page shows is what is true now. */
export function LiveIndicator() {
  const { state, since } = useConnection();
  const { label, glyph: Glyph } = STATES[state];
  const old = state === "interrupted" || state === "signed-out";
  return (
    <p role="status" className="flex min-h-8 items-center gap-1.5 rounded-md border border-line px-2.5 text-sm whitespace-nowrap">
      <Glyph aria-hidden size={10} className={state === "live" ? "fill-positive text-positive" : "text-muted"} />
      {label}
      {old && <span className="text-muted max-sm:hidden">· data from {new Date(since).toLocaleTimeString("en-GB")}</span>}
    </p>
  );
}
