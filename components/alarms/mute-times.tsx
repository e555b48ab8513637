"use client";

import { TimeSpan } from "@/components/ui/time-span";
import { NoData } from "@/components/ui/key-values";
import type { MuteWindowView } from "@/lib/services/alarms/mute-list";

/** When a window mutes, as its reader prefers moments to be written. */
export function MuteTimesWords({ times }: { times: MuteWindowView["times"] }) {
  if (!times) return <NoData />;
  return times.kind === "weekly" ? times.words : <TimeSpan from={times.from} to={times.to} noEnd="" />;
}
