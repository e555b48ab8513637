"use client";

import { useEffect, useRef, useState } from "react";
import type { LegendRange } from "@/lib/domain/heatmap-choices";
import type { ListAddressState } from "../use-list-address";

/** Browsers allow about three changes of the address a second, and a drag makes sixty. */
const SETTLED_MS = 250;

const same = (a: LegendRange | null, b: LegendRange | null): boolean => a?.from === b?.from && a?.to === b?.to;

/** The range of the legend: at once what is dragged, and in the address once it stands still. */
export function useLegendRange({ range, color, scale, set }: ListAddressState) {
  const [draft, setDraft] = useState<{ range: LegendRange | null } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // What is still dragged on one scale means nothing on another.
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      setDraft(null);
    },
    [color, scale],
  );
  // What was asked for stands in the address: from now on it decides.
  if (draft && same(draft.range, range)) setDraft(null);
  return {
    range: draft ? draft.range : range,
    setRange: (next: LegendRange | null) => {
      setDraft({ range: next });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => set({ range: next }), SETTLED_MS);
    },
    /** Of states too. */
    clear: () => {
      clearTimeout(timer.current);
      setDraft(null);
      set({ range: null, only: [] });
    },
  };
}
