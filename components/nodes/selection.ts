"use client";

import { useMemo, useState } from "react";
import type { NodeRow } from "@/lib/services/nodes/read";

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Which nodes are selected, whether the filter shows them or not. `all` are the nodes of the region, `listed` those that are
 * shown, in their order: a range reaches over them.
 */
export function useSelection(all: readonly NodeRow[], listed: readonly NodeRow[]) {
  const [ids, setIds] = useState(NOBODY);
  const [anchor, setAnchor] = useState<string | null>(null);
  const nodes = useMemo(() => (ids.size ? all.filter(({ id }) => ids.has(id)) : []), [all, ids]);
  const hidden = useMemo(() => {
    if (!ids.size) return [];
    const shown = new Set(listed.map(({ id }) => id));
    return nodes.filter(({ id }) => !shown.has(id));
  }, [nodes, listed, ids]);

  return {
    ids,
    nodes,
    /** Selected, but not shown. */
    hidden,
    /** Every listed node is selected, and there is more than one. */
    everything: listed.length > 1 && listed.every(({ id }) => ids.has(id)),
    /** Selects or deselects one; with `range` all between it and the last one that was chosen. */
    toggle: (id: string, range: boolean) => {
      const next = new Set(ids);
      const [from, to] = [listed.findIndex((row) => row.id === anchor), listed.findIndex((row) => row.id === id)];
      if (range && from >= 0 && to >= 0) {
        for (const row of listed.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(row.id);
      } else if (!next.delete(id)) next.add(id);
      setIds(next);
      setAnchor(id);
    },
    /** All that are listed; pressed again, none of them. What the filter hides stays as it is. */
    toggleAll: () => {
      const next = new Set(ids);
      const full = listed.every(({ id }) => next.has(id));
      for (const { id } of listed)
        if (full) next.delete(id);
        else next.add(id);
      setIds(next);
    },
    clear: () => setIds((now) => (now.size ? NOBODY : now)),
  };
}

export type Selection = ReturnType<typeof useSelection>;
