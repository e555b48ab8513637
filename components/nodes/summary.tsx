"use client";

import { TriangleAlert } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { memoryHeadroom } from "@/lib/domain/headroom";
import type { Unplaced } from "@/lib/domain/readiness";
import { NODE_STATUSES, type StatusGroup } from "@/lib/domain/status";
import { formatBytes } from "@/lib/domain/units";
import { NUMBER } from "@/lib/messages/counted";
import { HEADROOM, SUMMARY } from "@/lib/messages/list";
import type { NodeRow } from "@/lib/services/nodes/read";
import { useLiveNodes } from "./use-live-nodes";

const WANTS_A_PERSON: readonly StatusGroup[] = ["inadequate", "failed", "fenced"];

/** "48 nodes · 30 active · 5 need attention · 4 candidates", and the memory headroom; live. */
export function NodesSummary() {
  const rows = useLiveNodes().filter(({ status }) => status !== "Out");
  const counts = {
    nodes: rows.length,
    active: rows.filter(({ status }) => status === "Active").length,
    attention: rows.filter(({ status, hostKeyChanged }) => hostKeyChanged || WANTS_A_PERSON.includes(NODE_STATUSES[status].group)).length,
    candidates: rows.filter(({ candidate }) => candidate).length,
  };
  return (
    <div className="contents text-muted">
      {(Object.keys(counts) as (keyof typeof counts)[]).map((what) => (
        <span key={what}>
          <span className="font-semibold text-ink">{NUMBER.format(counts[what])}</span> {SUMMARY[what](counts[what])}
        </span>
      ))}
      <MemoryHeadroom rows={rows} />
    </div>
  );
}

/** Whether any one node may be lost; only what asks for a person is marked. */
function MemoryHeadroom({ rows }: { rows: NodeRow[] }) {
  const { worst, unknown } = memoryHeadroom(rows);
  const unplaced = useUnplaced();
  if (!worst) return null;
  const { name, leftBytes } = worst;
  return (
    <span>
      {HEADROOM.label}{" "}
      {leftBytes < 0 ? (
        <Warning>{HEADROOM.short(formatBytes(-leftBytes), name)}</Warning>
      ) : (
        <>
          <span className="font-semibold text-ink">{formatBytes(leftBytes)}</span> {HEADROOM.worst(name)}
        </>
      )}
      {unknown > 0 && ` · ${HEADROOM.unknown(unknown)}`}
      {unplaced && leftBytes >= 0 && (
        <>
          {" · "}
          <Warning>{HEADROOM.unplaced(unplaced.count, unplaced.name, unplaced.reason)}</Warning>
        </>
      )}
    </span>
  );
}

const Warning = ({ children }: { children: ReactNode }) => (
  <strong data-tone="warning" className="font-semibold text-ink">
    <TriangleAlert aria-hidden size={14} className="inline align-[-2px] text-(--tone)" /> {children}
  </strong>
);

/** As often as the virtual machines of a node are looked at. */
const LOOK_MS = 60_000;

/** Where the sum suffices and the placement of single virtual machines does not; null: nowhere. */
function useUnplaced(): Unplaced | null {
  const [unplaced, setUnplaced] = useState<Unplaced | null>(null);
  useEffect(() => {
    const look = () =>
      void fetch("/api/v1/headroom")
        .then(async (answer) => answer.ok && setUnplaced(((await answer.json()) as { unplaced: Unplaced | null }).unplaced)) // our own route
        .catch(() => undefined); // what was known stays until the next time
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return unplaced;
}
