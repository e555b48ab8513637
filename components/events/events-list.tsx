"use client";

import { Info, OctagonX, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, TableFrame, Td, Th, Tr } from "@/components/ui/table";
import { useLiveMessages } from "@/components/shell/live-updates";
import type { EventPage, EventRow } from "@/lib/services/events/read";

const REFRESH_MS = 1000;

const SEVERITIES = {
  info: { glyph: Info, word: "Info", tone: "neutral" },
  warning: { glyph: TriangleAlert, word: "Warning", tone: "warning" },
  error: { glyph: OctagonX, word: "Error", tone: "danger" },
} as const;

/** The write-once log, newest first, of the region or of one node. */
export function EventsList({ page, nodeId, older }: { page: EventPage; nodeId?: string; older: string }) {
  const router = useRouter();
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  useLiveMessages((message) => {
    const concerns =
      message.type === "resync" || (message.patch.events && (!nodeId || message.patch.nodes.some(({ id }) => id === nodeId)));
    if (!concerns) return;
    waiting.current ??= setTimeout(() => {
      waiting.current = null;
      router.refresh();
    }, REFRESH_MS);
  });
  if (!page.events.length)
    return <EmptyState title="No events yet">What administrators and Regent do is recorded here, once and for good.</EmptyState>;
  return (
    <div className="grid gap-3">
      <TableFrame label="Events" className="max-h-[calc(100dvh-13rem)]">
        <Table>
          <thead>
            <tr>
              <Th>Time</Th>
              <Th>Event</Th>
              {!nodeId && <Th>Node</Th>}
              <Th>By</Th>
            </tr>
          </thead>
          <tbody>
            {page.events.map((event) => (
              <EventLine key={event.id} event={event} withNode={!nodeId} />
            ))}
          </tbody>
        </Table>
      </TableFrame>
      {page.older && (
        <Link href={`${older}?before=${page.older}`} className={`${buttonClass()} justify-self-start`}>
          Older events
        </Link>
      )}
    </div>
  );
}

function EventLine({ event, withNode }: { event: EventRow; withNode: boolean }) {
  const { glyph: Glyph, word, tone } = SEVERITIES[event.severity];
  return (
    <Tr>
      <Td className="whitespace-nowrap">
        <RelativeTime value={event.at} />
      </Td>
      <Td className="max-w-[60ch] whitespace-normal">
        <span data-tone={tone} className="flex gap-2">
          <Glyph aria-hidden size={14} className="mt-0.5 text-(--tone)" />
          <span className="sr-only">{word}: </span>
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
    </Tr>
  );
}
