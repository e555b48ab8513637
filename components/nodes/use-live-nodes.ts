"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useLiveMessages } from "@/components/shell/live-updates";
import type { NodeRow } from "@/lib/services/nodes/read";

/** The rows the page came with, kept true by the stream: changed rows in place, new ones added, deleted ones gone. */
export function useLiveNodes(initial: NodeRow[]): NodeRow[] {
  const router = useRouter();
  const [rows, setRows] = useState(initial);
  useEffect(() => setRows(initial), [initial]);
  useLiveMessages((message) => {
    if (message.type === "resync") return router.refresh();
    const { nodes, gone } = message.patch;
    if (nodes.length || gone.length) setRows((known) => patched(known, nodes, gone));
  });
  return rows;
}

const newer = (known: NodeRow, told: NodeRow | undefined): NodeRow => (told && told.version >= known.version ? told : known);

/** Rows that did not change keep their identity, so that only changed ones are drawn again. */
function patched(known: NodeRow[], changed: NodeRow[], gone: string[]): NodeRow[] {
  const byId = new Map(changed.map((row) => [row.id, row]));
  const kept = known.filter(({ id }) => !gone.includes(id)).map((row) => newer(row, byId.get(row.id)));
  const ids = new Set(kept.map(({ id }) => id));
  return [...kept, ...changed.filter(({ id }) => !ids.has(id))];
}
