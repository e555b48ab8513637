"use client";

import { useMemo, useState } from "react";
import type { GroupBy } from "@/lib/domain/heatmap-choices";
import { groupRows, type Group } from "@/lib/domain/heatmap-groups";
import type { NodeRow } from "@/lib/services/nodes/read";

type Kept = { asked: string; groups: { key: string; label: string; ids: string[] }[] };

/** The groups of the rows, which stand still while somebody points at them: no cell goes from under the pointer. `asked` as for the order. */
export function useSteadyGroups(rows: readonly NodeRow[], by: GroupBy, asked: string, held: boolean) {
  const wanted = useMemo(() => groupRows(rows, by), [rows, by]);
  const [kept, setKept] = useState<Kept | null>(null);
  const question = `${by}\n${asked}`;
  const keep = () => setKept({ asked: question, groups: namedBy(wanted, rows) });
  // Set while rendering: the groups that are shown at the moment in which the pointer arrives are those that are kept.
  const stands = held && kept?.asked === question;
  if (held && !stands) keep();
  if (!held && kept) setKept(null);
  return useMemo(() => {
    if (!stands) return { groups: wanted, waiting: 0, apply: () => undefined };
    return { ...keptGroups(kept, wanted, rows), apply: () => setKept({ asked: question, groups: namedBy(wanted, rows) }) };
  }, [stands, kept, wanted, rows, question]);
}

/** The nodes where they stood, and how many of them belong elsewhere by now. */
function keptGroups(kept: Kept, wanted: readonly Group[], rows: readonly NodeRow[]): { groups: Group[]; waiting: number } {
  const places = new Map(rows.map(({ id }, place) => [id, place]));
  const belongs = new Map(wanted.flatMap(({ key, members }) => members.map((place) => [rows[place]?.id, key] as const)));
  let waiting = 0;
  const groups = kept.groups.map(({ key, label, ids }) => {
    for (const id of ids) if (belongs.get(id) !== key) waiting += 1;
    return { key, label, members: ids.flatMap((id) => places.get(id) ?? []) };
  });
  return { groups, waiting };
}

const namedBy = (groups: readonly Group[], rows: readonly NodeRow[]) =>
  groups.map(({ key, label, members }) => ({ key, label, ids: members.flatMap((place) => rows[place]?.id ?? []) }));
