import type { NodeStatus } from "./status";

/** A change of status: `from` is null at the record's creation. Milliseconds since 1970. */
export type StatusChange = { at: number; from: NodeStatus | null; to: NodeStatus };
/** Times as given; `status` null: there was no record yet. */
export type StatusSpan = { status: NodeStatus | null; from: number; to: number };

/** In which status a node was between two moments, oldest first, without gaps. `current` is what holds where nothing changed. */
export function statusSpans(
  changes: readonly StatusChange[],
  current: NodeStatus,
  { from, to }: { from: number; to: number },
): StatusSpan[] {
  const within = changes.filter(({ at }) => at > from && at <= to).toSorted((a, b) => a.at - b.at);
  const before = within[0] ? within[0].from : current;
  const starts = [{ at: from, status: before }, ...within.map(({ at, to: status }) => ({ at, status }))];
  return starts
    .map(({ at, status }, index) => ({ status, from: at, to: starts[index + 1]?.at ?? to }))
    .filter((span) => span.to > span.from);
}
