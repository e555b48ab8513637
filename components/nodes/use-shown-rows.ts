"use client";

import { useMemo } from "react";
import { shownRows } from "@/lib/domain/node-filter";
import { sortRows } from "@/lib/domain/node-sort";
import type { NodeRow } from "@/lib/services/nodes/read";
import type { ListAddressState } from "./use-list-address";

/** What the filter and the chips leave, in the order that is asked for. `asked` is another text when something else is asked. */
export function useShownRows(all: readonly NodeRow[], { q, filters, out, sort }: ListAddressState) {
  const found = useMemo(() => shownRows(all, { q, filters, out }, new Date()), [all, q, filters, out]);
  const rows = useMemo(() => sortRows(found.rows, sort), [found.rows, sort]);
  const asked = [q, filters.join(), out, sort.id, sort.desc].join("\n");
  return useMemo(() => ({ ...found, rows, asked }), [found, rows, asked]);
}

export type ShownRows = ReturnType<typeof useShownRows>;
