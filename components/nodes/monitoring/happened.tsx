"use client";

import Link from "next/link";
import { useAbsoluteTime } from "@/components/ui/time-zone";
import type { Gap } from "@/lib/domain/gaps";
import type { HistoryAnswer } from "@/lib/domain/history-request";
import { formatDuration } from "@/lib/domain/units";
import { GAPS, MONITORING } from "@/lib/messages/monitoring";
import { Section } from "../section";

const MS = 1000;
const LISTED = 40;

type HappenedProps = { nodeId: string; answer: Pick<HistoryAnswer, "marks" | "marksInAll">; gaps: readonly Gap[] };

/** The lines and holes of the charts in words: what happened to the node, and when nothing was measured. Newest first. */
export function HappenedList({ nodeId, answer, gaps }: HappenedProps) {
  const { marks, marksInAll } = answer;
  const absolute = useAbsoluteTime();
  const told = [
    ...marks.toReversed().map(({ id, at, message }) => ({ id, at, text: message })),
    ...gaps.map(({ from, to, reason }) => ({ id: `gap ${from}`, at: from, text: `${GAPS[reason]}, ${formatDuration((to - from) * MS)}` })),
  ].toSorted((a, b) => b.at - a.at);
  const inAll = marksInAll + gaps.length;
  const shown = Math.min(LISTED, told.length);
  return (
    <Section
      title={MONITORING.events}
      aside={
        shown < inAll && (
          <Link href={`/nodes/${nodeId}/events`} className="link">
            {MONITORING.newest(shown, inAll)}
          </Link>
        )
      }
    >
      {told.length === 0 ? (
        <p className="text-muted">{MONITORING.noEvents}</p>
      ) : (
        <ol tabIndex={0} aria-label={MONITORING.events} className="grid max-h-60 content-start gap-1 overflow-y-auto text-sm">
          {told.slice(0, LISTED).map(({ id, at, text }) => (
            <li key={id} className="flex flex-wrap gap-x-4">
              <time dateTime={new Date(at * MS).toISOString()} className="text-muted">
                {absolute(new Date(at * MS))}
              </time>
              <span className="min-w-0 wrap-anywhere">{text}</span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
