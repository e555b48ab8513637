"use client";

import { NODE_STATUSES, type StatusGroup } from "@/lib/domain/status";
import type { NodeRow } from "@/lib/services/nodes/read";
import { useLiveNodes } from "./use-live-nodes";

const WANTS_A_PERSON: readonly StatusGroup[] = ["inadequate", "failed", "fenced"];

/** "48 nodes · 30 active · 5 need attention · 4 candidates", live. */
export function NodesSummary({ initial }: { initial: NodeRow[] }) {
  const rows = useLiveNodes(initial).filter(({ status }) => status !== "Out");
  const counts = [
    { label: "nodes", count: rows.length },
    { label: "active", count: rows.filter(({ status }) => status === "Active").length },
    {
      label: "need attention",
      count: rows.filter(({ status, hostKeyChanged }) => hostKeyChanged || WANTS_A_PERSON.includes(NODE_STATUSES[status].group)).length,
    },
    { label: "candidates", count: rows.filter(({ candidate }) => candidate).length },
  ];
  return (
    <p className="flex flex-wrap gap-x-4 text-muted">
      {counts.map(({ label, count }) => (
        <span key={label}>
          <span className="font-semibold text-ink">{count}</span> {label}
        </span>
      ))}
    </p>
  );
}
