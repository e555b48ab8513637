"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import type { AlarmsNow } from "@/lib/services/alarms/now";
import { useLiveMessages } from "./live-updates";

/** How many are in alarm: a number, and what it counts for those who hear it. Kept true by the stream, and with it the layout's banner. */
export function NavCount({ inAlarm, failing }: { inAlarm: number; failing: boolean }) {
  const router = useRouter();
  const [count, setCount] = useState(inAlarm);
  useLiveMessages((message) => {
    if (message.type === "patch" && !message.patch.alarms.length && !message.patch.notices) return;
    void fetch("/api/v1/alarms/now")
      .then(async (answer) => {
        if (!answer.ok) return;
        const now = (await answer.json()) as AlarmsNow; // our own route
        setCount(now.inAlarm);
        if (!now.failing === failing) router.refresh();
      })
      .catch(() => undefined); // the next news asks again
  });
  return count > 0 ? (
    <span data-tone="danger" className="ms-1.5 min-w-5 rounded-full bg-(--tone) px-1.5 text-xs leading-5 text-(--on-tone)">
      {count}
      <span className="sr-only"> in alarm</span>
    </span>
  ) : null;
}
