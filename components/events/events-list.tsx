"use client";

import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useRef } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, Th } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import { useLiveMessages } from "@/components/shell/live-updates";
import type { EventFilter } from "@/lib/domain/events";
import type { EventPage } from "@/lib/services/events/read";
import { EventFilters } from "./event-filters";
import { EventLine } from "./event-line";
import { ExportEvents } from "./export-events";

const REFRESH_MS = 1000;

type EventsListProps = {
  page: EventPage;
  filter: EventFilter;
  /** Who can be filtered by. */
  actors: readonly string[];
  /** On the page of a node, which keeps itself up to date. */
  nodeId?: string;
};

/** The write-once log, newest first, of the region or of one node. */
export function EventsList({ page, filter, actors, nodeId }: EventsListProps) {
  const nodePage = nodeId !== undefined;
  useNewEvents(!nodePage);
  const pathname = usePathname();
  const { before, ...chosen } = filter;
  const filtered = Object.values(chosen).some(Boolean);
  const address = (to: string | null) => {
    const query = new URLSearchParams(
      Object.entries({ ...chosen, before: to ?? undefined }).flatMap(([key, value]) => (value ? [[key, value]] : [])),
    );
    return query.size ? `${pathname}?${query}` : pathname;
  };
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <EventFilters filter={filter} actors={actors} nodePage={nodePage} />
        <ExportEvents filter={filter} nodeId={nodeId} />
      </div>
      {page.events.length === 0 ? (
        <EmptyState title={filtered || before ? "No events match this filter" : "No events yet"}>
          {!filtered && "What administrators and Regent do is recorded here, once and for good."}
        </EmptyState>
      ) : (
        <TableFrame label="Events" className="max-h-[max(18rem,calc(100dvh-17rem))]">
          <Table>
            <thead>
              <tr>
                <Th check>
                  <span className="sr-only">Details</span>
                </Th>
                <Th>Time</Th>
                <Th>Event</Th>
                {!nodePage && <Th>Node</Th>}
                <Th>By</Th>
              </tr>
            </thead>
            <tbody>
              {page.events.map((event) => (
                <EventLine key={event.id} event={event} withNode={!nodePage} />
              ))}
            </tbody>
          </Table>
        </TableFrame>
      )}
      {(before || page.older) && (
        <div className="flex flex-wrap gap-2">
          {before && (
            <Link href={address(null)} scroll={false} className={buttonClass()}>
              Newest events
            </Link>
          )}
          {page.older && (
            <Link href={address(page.older)} scroll={false} className={buttonClass()}>
              Older events
            </Link>
          )}
        </div>
      )}
    </div>
  );
}

/** Reads the page again when something was recorded, at most once a second. */
function useNewEvents(wanted: boolean): void {
  const router = useRouter();
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  useLiveMessages((message) => {
    if (!wanted || (message.type === "patch" && !message.patch.events)) return;
    waiting.current ??= setTimeout(() => {
      waiting.current = null;
      router.refresh();
    }, REFRESH_MS);
  });
}
