"use client";

import { createContext, useContext, useMemo, type ReactNode } from "react";
import { unpackTable } from "@/lib/domain/table-wire";
import type { NodeRow } from "@/lib/services/nodes/read";

const Nodes = createContext<NodeRow[]>([]);

/** The rows that the page came with, sent once for all its parts: see packTable. */
export function PageNodes({ table, children }: { table: string; children: ReactNode }) {
  return <Nodes value={useMemo(() => unpackTable<NodeRow>(table), [table])}>{children}</Nodes>;
}

/** The same rows until the page is read anew. */
export const usePageNodes = (): NodeRow[] => useContext(Nodes);
