"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useId, useMemo, useRef, useState } from "react";
import { useCanvasColors } from "@/components/charts/use-canvas-colors";
import type { HeatmapScene } from "@/components/charts/heatmap-scene";
import type { ConsoleFacts } from "@/components/shell/console-context";
import { useDataAge } from "@/components/shell/live-updates";
import { useHold } from "@/components/ui/grid/use-hold";
import { COLORS, spreadOf, statesOf } from "@/lib/domain/heatmap-colors";
import { GROUPS } from "@/lib/domain/heatmap-groups";
import type { GroupId } from "@/lib/domain/heatmap-choices";
import { layOut } from "@/lib/domain/heatmap-layout";
import { HEATMAP } from "@/lib/messages/heatmap";
import type { NodeRow } from "@/lib/services/nodes/read";
import type { Selection } from "../selection";
import type { ListAddressState } from "../use-list-address";
import { cellName } from "./cell-name";
import { cellsOf, measure } from "./cells";
import { Controls } from "./controls";
import { GroupHeaders } from "./group-headers";
import { Legend } from "./legend";
import { COLOR_NAMES, heatmapLook } from "./look";
import { HeatmapMap } from "./map";
import { SpreadLine, WaitingGroups } from "./spread-line";
import { CellTooltip } from "./tooltip";
import { useLegendRange } from "./use-legend-range";
import { useReadiness } from "./use-readiness";
import { useSpace } from "./use-space";
import { useSteadyGroups } from "./use-steady-groups";

export type HeatmapProps = {
  /** All of the region, and those that are listed. */
  all: readonly NodeRow[];
  rows: readonly NodeRow[];
  asked: string;
  selection: Selection;
  address: ListAddressState;
  context: ConsoleFacts;
  held: boolean;
  onHold: (held: boolean) => void;
};

/** The heatmap view: the same nodes as the list, grouped and coloured, to spot imbalances. */
export function NodesHeatmap({ all, rows, asked, selection, address, context, held, onHold }: HeatmapProps) {
  const { group, color, label, only } = address;
  const legend = useLegendRange(address);
  const { range } = legend;
  const router = useRouter();
  const id = useId();
  const hold = useHold(onHold);
  const now = useNow();
  const { stale } = useDataAge();
  const colors = useCanvasColors(COLOR_NAMES);
  const frame = useRef<HTMLDivElement>(null);
  const [area, foot] = [useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null)];
  const space = useSpace(area, frame, foot);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [marked, setMarked] = useState<string | null>(null);
  const [go, setGo] = useState<{ id: string; turn: number } | null>(null);
  const judge = useReadiness(all, context);
  const { groups, waiting, apply } = useSteadyGroups(rows, group, asked, held);

  const open = useMemo(() => groups.map(({ key, members }) => (collapsed.has(key) ? [] : members)), [groups, collapsed]);
  const order = useMemo(() => Int32Array.from(open.flat()), [open]);
  // As long as the groups are as large as before, nothing is laid out anew.
  const counts = open.map(({ length }) => length).join();
  const layout = useMemo(() => space && layOut(counts ? counts.split(",").map(Number) : [], space), [counts, space]);
  const measured = useMemo(() => measure(rows, color), [rows, color]);
  const look = useMemo(
    () => colors && space && heatmapLook(color, colors, space.scale, getComputedStyle(document.body).fontFamily),
    [color, colors, space],
  );
  const size = layout && space ? (layout.pitch - layout.gap) / space.scale : 0;
  const room = Math.floor(size / NAME_CHARACTER_PX);
  const cells = useMemo(
    () =>
      cellsOf(rows, order, measured, {
        color,
        label: label === "name" && room < NAME_LEAST ? "none" : label,
        range,
        only,
        selected: selection.ids,
        now,
        stale,
        judge,
        room,
      }),
    [rows, order, measured, color, label, range, only, selection.ids, now, stale, judge, room],
  );
  const scene = useMemo<HeatmapScene | null>(() => layout && { ...layout, ...cells }, [layout, cells]);
  const spread = useMemo(() => measured && spreadOf(measured.values, order), [measured, order]);
  const readiness = useMemo(() => (color === "readiness" ? countsOf(rows, judge) : null), [rows, color, judge]);

  const rowAt = useCallback((cell: number): NodeRow | undefined => rows[order[cell] ?? -1], [rows, order]);
  const places = useMemo(() => new Map(Array.from(order, (place, cell) => [rows[place]?.id ?? "", cell])), [rows, order]);
  const cellOfId = useCallback((node: string) => places.get(node) ?? -1, [places]);
  const idOf = useCallback((cell: number) => rowAt(cell)?.id ?? "", [rowAt]);
  const toggle = useCallback(
    (key: string) => setCollapsed((closed) => new Set(closed.has(key) ? [...closed].filter((one) => one !== key) : [...closed, key])),
    [],
  );
  const about = { color, now, stale, judge };
  const groupLabel = GROUPS[group.startsWith("tag") ? "tag" : (group as GroupId)].label; // all that is no tag is an id

  return (
    <section aria-label={HEATMAP.grid} className="heatmap">
      <Controls rows={rows} address={address} />
      <p id={id} className="sr-only">
        {HEATMAP.summary(rows.length, groups.length, groupLabel, COLORS[color].label)}
      </p>
      <div ref={area} className="heatmap-room">
        <div ref={frame} className="heatmap-frame">
          {scene && layout && look && space && (
            <HeatmapMap
              layout={layout}
              scene={scene}
              look={look}
              idOf={idOf}
              cellOfId={cellOfId}
              nameOf={(cell) => (rowAt(cell) ? cellName(rowAt(cell)!, about) : "")} // just looked up
              isSelected={(cell) => selection.ids.has(idOf(cell))}
              marked={marked}
              go={go}
              describedBy={id}
              hold={hold}
              onOpen={(cell) => router.push(`/nodes/${idOf(cell)}/overview`)}
              onSelect={(cell, span) => selection.toggle(idOf(cell), span)}
              onExtend={(from, to) => selection.extend(idOf(from), idOf(to))}
              onSelectAll={selection.toggleAll}
              onClear={selection.clear}
              renderTooltip={({ cell, ...place }) => {
                const row = rowAt(cell);
                return row && <CellTooltip row={row} {...about} {...place} />;
              }}
            >
              <GroupHeaders
                groups={groups}
                layout={layout}
                scale={space.scale}
                measured={measured}
                collapsed={collapsed}
                onToggle={toggle}
              />
            </HeatmapMap>
          )}
        </div>
        <div ref={foot} className="grid gap-1 pt-3">
          <Legend
            rows={rows}
            address={address}
            legend={legend}
            measured={measured}
            readiness={statesOf(color) ? readiness : null}
            matching={cells.matching}
            shown={order.length}
          />
          <div className="flex min-h-7 flex-wrap items-center gap-x-4">
            {measured && (
              <SpreadLine
                color={color}
                unit={measured.unit}
                spread={spread}
                rows={rows}
                onMark={setMarked}
                onGo={(node) => setGo((before) => ({ id: node, turn: (before?.turn ?? 0) + 1 }))}
              />
            )}
            <WaitingGroups count={waiting} onApply={apply} />
          </div>
        </div>
      </div>
    </section>
  );
}

/** Of a cell's width, and how many of them make a name worth writing. */
const NAME_CHARACTER_PX = 7;
const NAME_LEAST = 4;

const TICK_MS = 10_000;

/** The time, often enough to tell what is older than a minute. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function countsOf(rows: readonly NodeRow[], judge: ReturnType<typeof useReadiness>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(judge(row).id, (counts.get(judge(row).id) ?? 0) + 1);
  return counts;
}
