"use client";

import { useCallback, useEffect, useMemo, useState } from "react";
import { DIMMED, type HeatmapScene } from "@/components/charts/heatmap-scene";
import { useCanvasColors } from "@/components/charts/use-canvas-colors";
import { useDataAge, useServerNow } from "@/components/shell/live-updates";
import type { LegendRange } from "@/lib/domain/heatmap-choices";
import { spreadOf } from "@/lib/domain/heatmap-colors";
import type { Group } from "@/lib/domain/heatmap-groups";
import { layOut, type Space } from "@/lib/domain/heatmap-layout";
import type { Readiness } from "@/lib/domain/readiness";
import { HEATMAP } from "@/lib/messages/heatmap";
import type { NodeRow } from "@/lib/services/nodes/read";
import type { ListAddressState } from "../use-list-address";
import { cellsOf } from "./cells";
import { nameRoom } from "./label-size";
import { COLOR_NAMES, heatmapLook } from "./look";
import { useMeasured } from "./use-measured";
import { useReadiness } from "./use-readiness";

type Question = {
  rows: readonly NodeRow[];
  groups: readonly Group[];
  collapsed: ReadonlySet<string>;
  selected: ReadonlySet<string>;
  gone: ReadonlySet<string>;
  address: ListAddressState;
  range: LegendRange | null;
  space: Space | null;
  /** The moment that is shown, ms since 1970; null: now. */
  at: number | null;
};

/** What the heatmap shows of the rows: each step is made anew only when what it hangs on has changed, so that a live patch recolours and no more. */
export function useHeatmap({ rows, groups, collapsed, selected, gone, address, range, space, at }: Question) {
  const { color, label, only } = address;
  const present = useNow();
  const age = useDataAge();
  const [now, stale] = at === null ? [present, age.stale] : [at, false];
  const readiness = useReadiness(color === "readiness" && at === null);
  const judge = useMemo(() => {
    const unknown: Readiness = { id: "unknown", reason: at === null ? HEATMAP.readinessAsked : HEATMAP.past.readiness };
    return ({ id }: NodeRow): Readiness => (at === null && readiness?.get(id)) || unknown;
  }, [readiness, at]);
  const about = useMemo(() => ({ color, now, stale, judge }), [color, now, stale, judge]);

  const open = useMemo(() => groups.map(({ key, members }) => (collapsed.has(key) ? [] : members)), [groups, collapsed]);
  const order = useMemo(() => Int32Array.from(open.flat()), [open]);
  // As long as the groups are as large as before, nothing is laid out anew.
  const counts = open.map(({ length }) => length).join();
  const layout = useMemo(() => space && layOut(counts ? counts.split(",").map(Number) : [], space), [counts, space]);

  const colors = useCanvasColors(COLOR_NAMES);
  const scale = space?.scale ?? 1;
  const look = useMemo(
    () => colors && heatmapLook(color, colors, { scale, font: getComputedStyle(document.body).fontFamily, label }),
    [color, colors, scale, label],
  );
  const measured = useMeasured(rows, address);
  const room = layout ? nameRoom((layout.pitch - layout.gap) / scale) : 0;
  const written = label === "name" && room < NAME_LEAST ? "none" : label;
  const cells = useMemo(
    () => cellsOf(rows, order, measured, { ...about, label: written, range, only, selected, gone, room }),
    [rows, order, measured, about, written, range, only, selected, gone, room],
  );
  const scene = useMemo<HeatmapScene | null>(() => layout && { ...layout, ...cells }, [layout, cells]);

  const rowAt = useCallback((cell: number): NodeRow | undefined => rows[order[cell] ?? -1], [rows, order]);
  const idOf = useCallback((cell: number) => rowAt(cell)?.id ?? "", [rowAt]);
  const places = useMemo(() => new Map(Array.from(order, (place, cell) => [rows[place]?.id ?? "", cell])), [rows, order]);
  const cellOfId = useCallback((id: string) => places.get(id) ?? -1, [places]);
  return {
    about,
    measured,
    matching: cells.matching,
    old: cells.old,
    shown: order.length,
    spread: useMemo(() => measured && spreadOf(measured.values, order), [measured, order]),
    /** Nodes by readiness, when that is the colour. */
    readiness: useMemo(() => (color === "readiness" ? countsBy(rows, (row) => judge(row).id) : null), [rows, color, judge]),
    drawing: layout && scene && look && space ? { layout, scene, look, scale: space.scale } : null,
    /** The nodes that are shown and that the legend does not fade, in the order of their cells. */
    matched: () => Array.from(order.keys(), idOf).filter((_, cell) => !((cells.marks[cell] ?? 0) & DIMMED)),
    rowAt,
    idOf,
    cellOfId,
  };
}

/** How many characters make a name worth writing. */
const NAME_LEAST = 4;

const TICK_MS = 10_000;

/** The time, often enough to tell what is older than a minute. */
function useNow(): number {
  const serverNow = useServerNow();
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), TICK_MS);
    return () => clearInterval(timer);
  }, [serverNow]);
  return now;
}

function countsBy(rows: readonly NodeRow[], keyOf: (row: NodeRow) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return counts;
}
