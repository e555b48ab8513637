"use client";

import { useMoment } from "@/components/charts/crosshair";
import { useAbsoluteTime } from "@/components/ui/time-zone";
import { formatDuration } from "@/lib/domain/units";
import { MONITORING } from "@/lib/messages/monitoring";
import type { ReadHistory } from "./use-history";

const MS = 1000;
/** As near to the crosshair as this part of the span, a mark is what is pointed at. */
const NEAR = 0.01;

/** From when to when, how fine, and whether it moves; what happened at the crosshair instead. One line from the first moment on. */
export function ShownSpan({ read, live }: { read: ReadHistory | null; live: boolean }) {
  const absolute = useAbsoluteTime();
  const moment = useMoment();
  if (!read) return <p className="min-h-4.5" />;
  const { answer, from, to } = read;
  const mark = moment === null ? undefined : nearest(answer.marks, moment, (to - from) * NEAR);
  const parts = mark
    ? [absolute(new Date(mark.at * MS)), mark.message]
    : [
        `${absolute(new Date(from * MS))} to ${absolute(new Date(to * MS))}`,
        MONITORING.every(formatDuration(answer.step * MS)),
        ...(live ? [moment === null ? MONITORING.live : MONITORING.held] : []),
      ];
  return <p className="min-h-4.5 text-sm text-muted">{parts.join(" · ")}</p>;
}

function nearest(marks: ReadHistory["answer"]["marks"], moment: number, within: number) {
  const near = marks.filter(({ at }) => Math.abs(at - moment) <= within);
  return near.toSorted((a, b) => Math.abs(a.at - moment) - Math.abs(b.at - moment))[0];
}
