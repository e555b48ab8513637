"use client";

import { useEffect, useState } from "react";
import type { AlarmRule, AlarmScope } from "@/lib/domain/alarms/config";
import { PREVIEW } from "@/lib/messages/alarm-form";
import type { Preview } from "@/lib/services/alarms/preview";

/** A pause in typing or dragging that is worth a question. */
const PAUSE_MS = 300;

export type Hours = keyof typeof PREVIEW.ranges;

type Read = {
  /** The datapoints are of this question; another threshold leaves them as they are. */
  of: string;
  preview: Preview | null;
  reason: string | null;
};
const NONE: Read = { of: "", preview: null, reason: null };

/**
 * What was measured and what a rule would have said of it. A question that another one overtakes is given up; a rule that can not be
 * tested (a threshold that is no number yet) leaves what was measured in sight.
 */
export function usePreview(rule: AlarmRule, scope: AlarmScope, hours: Hours, known: boolean, testable: boolean) {
  const [read, setRead] = useState(NONE);
  const [reading, setReading] = useState(true);
  const { metric, parameter, statistic, periodSeconds } = rule;
  const of = JSON.stringify([metric, parameter, statistic, periodSeconds, scope, hours]);
  const query = new URLSearchParams({ rule: JSON.stringify(rule), scope: JSON.stringify(scope), hours }).toString();
  const ready = known && testable;
  useEffect(() => {
    setReading(ready);
    if (!ready) return;
    const gone = new AbortController();
    const timer = setTimeout(() => {
      void ask(query, gone.signal).then((answer) => {
        if (gone.signal.aborted) return;
        setRead({ of, ...answer });
        setReading(false);
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [query, of, ready]);
  return { ...(read.of === of && known ? read : NONE), reading };
}

async function ask(query: string, signal: AbortSignal): Promise<Pick<Read, "preview" | "reason">> {
  try {
    const answer = await fetch(`/api/v1/alarms/preview?${query}`, { signal });
    if (answer.ok) return { preview: (await answer.json()) as Preview, reason: null }; // our own route
    return { preview: null, reason: ((await answer.json()) as { reason: string }).reason }; // our own route
  } catch {
    return { preview: null, reason: PREVIEW.unread }; // cut off on the way, in the middle of the answer too
  }
}
