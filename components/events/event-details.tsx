"use client";

import { ArrowRight } from "lucide-react";
import { OperationLadder, rungsOf } from "@/components/nodes/operation-ladder";
import { StatusBadge } from "@/components/nodes/status-badge";
import { useOperation } from "@/components/nodes/use-operation";
import { openDrawer } from "@/components/shell/drawer-address";
import { Disclosure } from "@/components/ui/disclosure";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import { useAbsoluteTime } from "@/components/ui/time-zone";
import { kindLabel, SEVERITY_LABELS, sourceOf } from "@/lib/domain/events";
import { TRANSITIONS } from "@/lib/domain/lifecycle";
import type { EventRow } from "@/lib/services/events/read";

/** Everything that was recorded with an event: in words, then as it lies in the database. */
export function EventDetails({ event }: { event: EventRow }) {
  const absoluteTime = useAbsoluteTime();
  const basis = TRANSITIONS.find(({ id }) => id === event.transition)?.basis;
  const facts: KeyValue[] = [
    { label: "Event", value: `${kindLabel(event.kind)}, number ${event.id}` },
    { label: "Time", value: absoluteTime(new Date(event.at)) },
    { label: "Severity", value: SEVERITY_LABELS[event.severity] },
    { label: "By", value: <bdi>{event.actorName}</bdi> },
    { label: "Source", value: sourceOf(event.actorKind) },
    ...(event.from || event.to ? [{ label: "Status", value: <Change from={event.from} to={event.to} /> }] : []),
    ...(event.transition ? [{ label: "Transition", value: `${event.transition}${basis ? `: ${basis}` : ""}` }] : []),
    ...detailsOf(event.details),
  ];
  return (
    <div className="grid max-w-4xl gap-3">
      <KeyValues items={facts} />
      {event.operationId && <Operation id={event.operationId} />}
      <Disclosure summary="Raw JSON" className="-ms-2">
        <pre
          tabIndex={0}
          aria-label={`Event ${event.id} as JSON`}
          className="max-h-80 overflow-auto rounded-md border border-line bg-panel p-3 font-mono text-xs"
        >
          {JSON.stringify(event, null, 2)}
        </pre>
      </Disclosure>
    </div>
  );
}

function Change({ from, to }: Pick<EventRow, "from" | "to">) {
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      {from ? <StatusBadge status={from} /> : <span className="text-muted">No record</span>}
      <ArrowRight aria-hidden size={14} className="text-muted rtl:-scale-x-100" />
      <span className="sr-only">to</span>
      {to ? <StatusBadge status={to} /> : <span className="text-muted">Deleted</span>}
    </span>
  );
}

/** "hostKey" is "Host key": keys are ours and few, so their own words are enough. */
const worded = (key: string): string => {
  const words = key.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

// Any object is a record of what is not known.
const detailsOf = (details: unknown): KeyValue[] =>
  typeof details === "object" && details !== null
    ? Object.entries(details as Record<string, unknown>).map(([key, value]) => ({ label: worded(key), value: <Value value={value} /> }))
    : [];

function Value({ value }: { value: unknown }) {
  const list = words(value);
  if (list?.length === 0) return <span className="text-muted">None</span>;
  if (list)
    return (
      <ul>
        {list.map((word) => (
          <li key={word}>{word}</li>
        ))}
      </ul>
    );
  if (typeof value === "string") return <bdi>{value}</bdi>;
  return <code className="wrap-anywhere">{JSON.stringify(value)}</code>;
}

function words(value: unknown): string[] | null {
  if (!Array.isArray(value)) return null;
  const list: unknown[] = value;
  return list.every((one) => typeof one === "string") ? list : null;
}

/** The operation that the event belongs to, with its steps, read when the event is opened. */
function Operation({ id }: { id: string }) {
  const operation = useOperation(id);
  return (
    <section aria-label="Operation" className="grid gap-2 rounded-md border border-line px-3 py-2">
      <p>
        <button type="button" className="link font-medium" onClick={() => openDrawer(id)}>
          {operation ? `Operation ${operation.label}` : "Operation"}
        </button>{" "}
        {operation && (
          <span className="text-muted">
            by {operation.actorName}, {operation.status}
          </span>
        )}
      </p>
      {operation && <OperationLadder label={operation.label} rungs={rungsOf(operation)} />}
    </section>
  );
}
