"use client";

import { useMoment } from "@/components/charts/crosshair";
import { useAbsoluteTime } from "@/components/ui/time-zone";
import { formatDuration } from "@/lib/domain/units";
import { MONITORING } from "@/lib/messages/monitoring";
import type { ReadHistory } from "./use-history";

const MS = 1000;
/** As near to the crosshair as this part of the span, a mark is what is pointed at. */
const NEAR = 0.01;

/** From when to when, how fine, and whether it moves; above it, what happened at the crosshair. Nothing below moves when that comes. */
export function ShownSpan({ read, live }: { read: ReadHistory | null; live: boolean }) {
  const absolute = useAbsoluteTime();
  const moment = useMoment();
  if (!read) return <p className="min-h-4.5" />;
  const { answer, from, to } = read;
  const [mark, ...others] = moment === null ? [] : nearest(answer.marks, moment, (to - from) * NEAR);
  const span = [
    `${absolute(new Date(from * MS))} to ${absolute(new Date(to * MS))}`,
    MONITORING.every(formatDuration(answer.step * MS)),
    ...(live ? [moment === null ? MONITORING.live : MONITORING.held] : []),
  ];
  const happened = mark && [absolute(new Date(mark.at * MS)), mark.message, ...(others.length > 0 ? [MONITORING.more(others.length)] : [])];
  return (
    <p className="relative min-h-4.5 min-w-0 flex-1 basis-80 text-sm text-muted">
      <span className={happened ? "opacity-0" : undefined}>{span.join(" · ")}</span>
      {happened && <span className="absolute inset-x-0 top-0 truncate text-ink">{happened.join(" · ")}</span>}
    </p>
  );
}

function nearest(marks: ReadHistory["answer"]["marks"], moment: number, within: number) {
  const near = marks.filter(({ at }) => Math.abs(at - moment) <= within);
  return near.toSorted((a, b) => Math.abs(a.at - moment) - Math.abs(b.at - moment));
}
