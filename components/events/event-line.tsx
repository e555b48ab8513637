"use client";

import { Info, OctagonX, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { ExpandRow } from "@/components/ui/expand-row";
import { RelativeTime } from "@/components/ui/relative-time";
import { Td } from "@/components/ui/table";
import { SEVERITY_LABELS } from "@/lib/domain/events";
import type { EventRow } from "@/lib/services/events/read";
import { EventDetails } from "./event-details";

const SEVERITIES = {
  info: { glyph: Info, tone: "neutral" },
  warning: { glyph: TriangleAlert, tone: "warning" },
  error: { glyph: OctagonX, tone: "danger" },
} as const;

/** One event as a sentence; opens to everything that was recorded with it. */
export function EventLine({ event, withNode }: { event: EventRow; withNode: boolean }) {
  const { glyph: Glyph, tone } = SEVERITIES[event.severity];
  return (
    <ExpandRow
      label={`Details of event ${event.id}`}
      columns={withNode ? 4 : 3}
      cells={
        <>
          <Td className="whitespace-nowrap">
            <RelativeTime value={event.at} />
          </Td>
          <Td className="min-w-60 whitespace-normal">
            <span data-tone={tone} className="flex max-w-[80ch] gap-2">
              <Glyph aria-hidden size={14} className="mt-0.5 text-(--tone)" />
              <span className="sr-only">{SEVERITY_LABELS[event.severity]}: </span>
              <bdi className="min-w-0 wrap-anywhere">{event.message}</bdi>
            </span>
          </Td>
          {withNode && (
            <Td>
              {event.nodeId && (
                <Link href={`/nodes/${event.nodeId}/overview`} className="link">
                  <bdi>{event.nodeName}</bdi>
                </Link>
              )}
            </Td>
          )}
          <Td>
            <bdi>{event.actorName}</bdi>
          </Td>
        </>
      }
    >
      <EventDetails event={event} />
    </ExpandRow>
  );
}
