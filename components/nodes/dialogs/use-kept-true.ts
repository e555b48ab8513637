"use client";

import { useState } from "react";
import { useLiveMessages } from "@/components/shell/live-updates";
import type { NodeRow } from "@/lib/services/nodes/read";
import { newer } from "../use-live-nodes";

/** These rows and no others, as they change; those that are gone are left out. */
export function useKeptTrue(rows: NodeRow[]): NodeRow[] {
  const [known, setKnown] = useState(rows);
  useLiveMessages((message) => {
    if (message.type === "resync") return;
    const told = new Map(message.patch.nodes.map((row) => [row.id, row]));
    const gone = new Set(message.patch.gone);
    if (known.some(({ id }) => told.has(id) || gone.has(id)))
      setKnown((now) => now.filter(({ id }) => !gone.has(id)).map((row) => newer(row, told.get(row.id))));
  });
  return known;
}
