"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, type Dispatch, type SetStateAction } from "react";
import { useLiveMessages } from "@/components/shell/live-updates";
import type { NodeMetrics } from "@/lib/domain/trends";
import type { NodeRow } from "@/lib/services/nodes/read";
import { usePageNodes } from "./page-nodes";
import { useTrends } from "./use-trends";

type Told = { at: number; nodes: readonly NodeRow[]; gone: readonly string[] };

/** Longer than this no page is read. */
const READING_MAX_MS = 20_000;

/** Reads the page again when the stream can not say what changed. Once on a page, however many of its parts are kept true. */
export function useReread(): void {
  const router = useRouter();
  useLiveMessages((message) => void (message.type === "resync" && router.refresh()));
}

/** The rows the page came with, kept true by the stream: changed rows in place, new ones added, deleted ones gone. */
export const useLiveNodes = (): NodeRow[] => useRows()[0];

/** The same, with what was measured of each node and its last hour. */
export function useMeasuredNodes(): NodeRow[] {
  const [rows, setRows] = useRows();
  useTrends((metrics) => setRows((known) => withMetrics(known, metrics)));
  return rows;
}

function useRows(): [NodeRow[], Dispatch<SetStateAction<NodeRow[]>>] {
  const initial = usePageNodes();
  const [rows, setRows] = useState(initial);
  const told = useRef<Told[]>([]);
  // The page may have been read before what the stream has told since: rows that came meanwhile, and rows that went.
  useEffect(() => {
    const since = told.current.filter(({ at }) => at > performance.now() - READING_MAX_MS);
    setRows((known) => since.reduce((read, { nodes, gone }) => patched(read, nodes, gone), reread(initial, known)));
  }, [initial]);
  useLiveMessages((message) => {
    if (message.type === "resync") return;
    const { nodes, gone } = message.patch;
    if (!nodes.length && !gone.length) return;
    const at = performance.now();
    told.current = [...told.current.filter((before) => before.at > at - READING_MAX_MS), { at, nodes, gone }];
    setRows((known) => patched(known, nodes, gone));
  });
  return [rows, setRows];
}

/** Patches and reads may arrive in another order than they were made. */
export const newer = (known: NodeRow, told: NodeRow | undefined): NodeRow =>
  told && told.version >= known.version ? measuredAs(known, told) : known;

/** A row that is read anew keeps what was measured since, and the hour that only this browser has at hand. */
const measuredAs = ({ metrics }: NodeRow, row: NodeRow): NodeRow =>
  metrics && (!row.metrics || metrics.cpu.points.length > 0 || metrics.sampledAt > row.metrics.sampledAt) ? { ...row, metrics } : row;

/** Rows of which nothing was measured keep their identity. */
export const withMetrics = (rows: NodeRow[], metrics: ReadonlyMap<string, NodeMetrics>): NodeRow[] =>
  rows.map((row) => {
    const measured = metrics.get(row.id);
    return measured ? { ...row, metrics: measured } : row;
  });

function reread(read: NodeRow[], known: NodeRow[]): NodeRow[] {
  const byId = new Map(known.map((row) => [row.id, row]));
  return read.map((row) => {
    const before = byId.get(row.id);
    if (!before) return row;
    return before.version > row.version ? before : measuredAs(before, row);
  });
}

/** Rows that did not change keep their identity, so that only changed ones are drawn again. */
export function patched(known: readonly NodeRow[], changed: readonly NodeRow[], gone: readonly string[]): NodeRow[] {
  const told = new Map(changed.map((row) => [row.id, row]));
  const left = new Set(gone);
  const rows: NodeRow[] = [];
  for (const row of known) {
    if (left.has(row.id)) continue;
    rows.push(newer(row, told.get(row.id)));
    told.delete(row.id);
  }
  return [...rows, ...told.values()];
}
