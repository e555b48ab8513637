"use client";

import { useMemo, useState } from "react";
import type { NodeRow } from "@/lib/services/nodes/read";

/** `anchor` is the last one that was chosen, from which a range reaches. */
type Chosen = { ids: ReadonlySet<string>; anchor: string | null };

const NOTHING: Chosen = { ids: new Set(), anchor: null };

/**
 * Which nodes are selected, whether the filter shows them or not. `all` are the nodes of the region, `listed` those that are
 * shown, in their order: a range reaches over them.
 */
export function useSelection(all: readonly NodeRow[], listed: readonly NodeRow[]) {
  const [{ ids }, change] = useState<Chosen>(NOTHING);
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
    toggle: (id: string, range: boolean) => change((now) => toggled(now, listed, id, range)),
    /** Selects both, whatever was chosen before. */
    extend: (from: string, to: string) => change(({ ids: now }) => ({ ids: new Set([...now, from, to]), anchor: to })),
    /** Selects all of these, whatever was chosen before. */
    add: (more: readonly string[]) =>
      change(({ ids: now, anchor }) => ({ ids: new Set([...now, ...more]), anchor: more.at(-1) ?? anchor })),
    /** All that are listed, or all of `those`; pressed again, none of them. What the filter hides stays as it is. */
    toggleAll: (those: readonly { id: string }[] = listed) =>
      change(({ ids: now, anchor }) => {
        const next = new Set(now);
        const full = those.every(({ id }) => next.has(id));
        for (const { id } of those)
          if (full) next.delete(id);
          else next.add(id);
        return { ids: next, anchor };
      }),
    clear: () => change((now) => (now.ids.size ? NOTHING : now)),
  };
}

export type Selection = ReturnType<typeof useSelection>;

/** From what is chosen at that moment, which a second quick press may find before it is drawn. */
function toggled({ ids, anchor }: Chosen, listed: readonly NodeRow[], id: string, range: boolean): Chosen {
  const next = new Set(ids);
  const [from, to] = [listed.findIndex((row) => row.id === anchor), listed.findIndex((row) => row.id === id)];
  if (range && from >= 0 && to >= 0) {
    for (const row of listed.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(row.id);
  } else if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}
