"use client";

import { NODE_STATUSES, type StatusGroup } from "@/lib/domain/status";
import { NUMBER } from "@/lib/messages/counted";
import { SUMMARY } from "@/lib/messages/list";
import type { NodeRow } from "@/lib/services/nodes/read";
import { useLiveNodes } from "./use-live-nodes";

const WANTS_A_PERSON: readonly StatusGroup[] = ["inadequate", "failed", "fenced"];

/** "48 nodes · 30 active · 5 need attention · 4 candidates", live. */
export function NodesSummary({ initial }: { initial: NodeRow[] }) {
  const rows = useLiveNodes(initial).filter(({ status }) => status !== "Out");
  const counts = {
    nodes: rows.length,
    active: rows.filter(({ status }) => status === "Active").length,
    attention: rows.filter(({ status, hostKeyChanged }) => hostKeyChanged || WANTS_A_PERSON.includes(NODE_STATUSES[status].group)).length,
    candidates: rows.filter(({ candidate }) => candidate).length,
  };
  return (
    <p className="flex flex-wrap gap-x-4 text-muted">
      {(Object.keys(counts) as (keyof typeof counts)[]).map((what) => (
        <span key={what}>
          <span className="font-semibold text-ink">{NUMBER.format(counts[what])}</span> {SUMMARY[what](counts[what])}
        </span>
      ))}
    </p>
  );
}
