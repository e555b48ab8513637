"use client";

import { useMemo, useState } from "react";
import { waitingChanges } from "@/lib/domain/paused-order";
import type { NodeRow } from "@/lib/services/nodes/read";

const NONE: ReadonlySet<string> = new Set();

type Paused = { key: string; rows: readonly NodeRow[] };

/**
 * Keeps rows where they are while somebody points at them: what is true of a row is shown at once, but its place changes only
 * when nobody is looking for it. `asked` names what the administrator asked for (sorting, filter): another question is answered at once.
 * A row that is not in `wanted` any more stays, as gone, until then.
 */
export function usePausedOrder(all: readonly NodeRow[], wanted: readonly NodeRow[], asked: string, held: boolean) {
  const [paused, setPaused] = useState<Paused | null>(null);
  // Set while rendering: the order that is shown at the moment in which the pointer arrives is the one that is kept.
  const stands = held && paused?.key === asked;
  if (held && !stands) setPaused({ key: asked, rows: wanted });
  if (!held && paused) setPaused(null);

  return useMemo(() => {
    if (!stands || paused.rows === wanted) return { rows: wanted, gone: NONE, waiting: 0, apply: () => undefined };
    const [now, listed] = [new Map(all.map((row) => [row.id, row])), new Set(wanted.map(({ id }) => id))];
    const rows = paused.rows.map((row) => now.get(row.id) ?? row);
    const gone = new Set(rows.flatMap(({ id }) => (listed.has(id) ? [] : [id])));
    const { added, removed, moved } = waitingChanges(
      rows.map(({ id }) => id),
      wanted.map(({ id }) => id),
    );
    const waiting = added + removed + moved;
    return { rows: waiting ? rows : wanted, gone, waiting, apply: () => setPaused({ key: asked, rows: wanted }) };
  }, [stands, paused, all, wanted, asked]);
}
