"use client";

import { useMemo, useState } from "react";
import type { HeatmapAddress } from "@/lib/domain/heatmap-choices";
import { steadyScale, type Scale } from "@/lib/domain/heatmap-scale";
import type { RowFacts } from "@/lib/domain/row-facts";
import { measure, type Measured } from "./cells";

/** What the rows show of a colour. A fitted scale stays where it is as long as it fits: with every sample it would give all cells other colours. */
export function useMeasured(rows: readonly RowFacts[], { color, scale }: Pick<HeatmapAddress, "color" | "scale">): Measured | null {
  const fresh = useMemo(() => measure(rows, color, scale), [rows, color, scale]);
  const [kept, setKept] = useState<{ asked: string; scale: Scale } | null>(null);
  const asked = `${color} ${scale}`;
  const before = kept?.asked === asked ? kept.scale : null;
  const steady = fresh && before ? steadyScale(before, fresh.scale) : (fresh?.scale ?? null);
  // Set while rendering: nothing is ever drawn with the scale of another moment.
  if (steady && (kept?.asked !== asked || kept.scale !== steady)) setKept({ asked, scale: steady });
  return useMemo(() => fresh && steady && { ...fresh, scale: steady }, [fresh, steady]);
}
