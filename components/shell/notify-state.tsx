"use client";

import { onDemand } from "@/components/ui/on-demand";
import { useAlarmsNow } from "./alarms-now";

// Mail seldom fails: no page loads the words for it until it does.
const NotifyBanner = onDemand(() => import("./notify-banner").then((module) => module.NotifyBanner));

export function NotifyState() {
  const { failing } = useAlarmsNow();
  return <div role="status">{failing && <NotifyBanner failing={failing} />}</div>;
}
