"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useLiveMessages } from "@/components/shell/live-updates";
import type { NodeRow } from "@/lib/services/nodes/read";

/** The rows the page came with, kept true by the stream: changed rows in place, new ones added, deleted ones gone. */
export function useLiveNodes(initial: NodeRow[]): NodeRow[] {
  const router = useRouter();
  const [rows, setRows] = useState(initial);
  // The page may have been read before what the stream has told since.
  useEffect(() => setRows((known) => reread(initial, known)), [initial]);
  useLiveMessages((message) => {
    if (message.type === "resync") return router.refresh();
    const { nodes, gone } = message.patch;
    if (nodes.length || gone.length) setRows((known) => patched(known, nodes, gone));
  });
  return rows;
}

const newer = (known: NodeRow, told: NodeRow | undefined): NodeRow => (told && told.version >= known.version ? told : known);

function reread(read: NodeRow[], known: NodeRow[]): NodeRow[] {
  const byId = new Map(known.map((row) => [row.id, row]));
  return read.map((row) => {
    const before = byId.get(row.id);
    return before && before.version > row.version ? before : row;
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
