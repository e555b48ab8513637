"use client";

import { useRouter } from "next/navigation";
import { useCallback, useId, useRef, useState } from "react";
import { useNodesInAlarm } from "@/components/shell/nodes-in-alarm";
import { useHold } from "@/components/ui/grid/use-hold";
import { readGroupId } from "@/lib/domain/heatmap-choices";
import { COLORS } from "@/lib/domain/heatmap-colors";
import { GROUPS } from "@/lib/domain/heatmap-groups";
import { HEATMAP } from "@/lib/messages/heatmap";
import type { NodeRow } from "@/lib/services/nodes/read";
import { Paused } from "../paused";
import type { PastMoment } from "../past-moment";
import type { Selection } from "../selection";
import type { ListAddressState } from "../use-list-address";
import { AlarmLine } from "./alarm-line";
import { cellName } from "./cell-name";
import { Controls } from "./controls";
import { GroupHeaders } from "./group-headers";
import { Legend } from "./legend";
import { HeatmapMap } from "./map";
import { SpreadLine } from "./spread-line";
import { OpenPast, TimeTravel } from "./time-travel";
import { CellTooltip } from "./tooltip";
import type { Go } from "./use-cell-focus";
import { useCellSelection } from "./use-cell-selection";
import { useHeatmap } from "./use-heatmap";
import { usePast } from "./use-past";
import { useLegendRange } from "./use-legend-range";
import { useSpace } from "./use-space";
import { useSteadyGroups } from "./use-steady-groups";

const NOBODY: ReadonlySet<string> = new Set();

type HeatmapProps = {
  /** Those that are listed, of the moment that is shown. */
  rows: readonly NodeRow[];
  gone: ReadonlySet<string>;
  asked: string;
  selection: Selection;
  address: ListAddressState;
  held: boolean;
  onHold: (held: boolean) => void;
  /** The moment that is shown; null: now. */
  past: PastMoment | null;
  onPast: (past: PastMoment | null) => void;
};

/** The heatmap view: the same nodes as the list, grouped and coloured, to spot imbalances. */
export function NodesHeatmap({ rows, gone, asked, selection, address, held, onHold, past, onPast }: HeatmapProps) {
  const { group, color } = address;
  const opener = useRef<HTMLButtonElement>(null);
  const at = past?.at ?? null;
  const travel = usePast(at, onPast);
  const router = useRouter();
  const id = useId();
  const hold = useHold(onHold);
  const legend = useLegendRange(address);
  const [area, frame, foot] = [useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null)];
  const space = useSpace(area, frame, foot);
  const [marked, setMarked] = useState<string | null>(null);
  const [go, setGo] = useState<Go | null>(null);
  const { collapsed, toggle } = useCollapsed();
  const { groups, waiting, apply } = useSteadyGroups(rows, group, asked, held);
  const alarms = useNodesInAlarm();
  const inAlarm = past ? NOBODY : alarms;
  const selected = selection.ids;
  const map = useHeatmap({ rows, groups, collapsed, selected, gone, address, range: legend.range, space, at });
  const { about, measured, drawing, rowAt, idOf, cellOfId } = map;
  const actions = useCellSelection(selection, map);

  return (
    <section aria-label={HEATMAP.view} className="heatmap">
      <Controls rows={rows} address={address}>
        <OpenPast {...travel} ref={opener} />
      </Controls>
      {travel.state === "on" && (
        <TimeTravel
          {...travel}
          close={() => {
            opener.current?.focus();
            travel.close();
          }}
        />
      )}
      <p id={id} className="sr-only">
        {HEATMAP.summary(rows.length, groups.length, GROUPS[readGroupId(group)].label, COLORS[color].label)}
      </p>
      <div ref={area} className="heatmap-room">
        <div ref={frame} className="heatmap-frame">
          {drawing && (
            <HeatmapMap
              {...drawing}
              {...actions}
              idOf={idOf}
              cellOfId={cellOfId}
              nameOf={(cell) => {
                const row = rowAt(cell);
                return row ? cellName(row, about, inAlarm.has(row.id)) : "";
              }}
              isSelected={(cell) => selected.has(idOf(cell))}
              marked={marked}
              go={go}
              describedBy={id}
              hold={hold}
              onOpen={(cell) => router.push(`/nodes/${idOf(cell)}/overview`)}
              renderTooltip={({ cell, ...place }) => {
                const row = rowAt(cell);
                return row && <CellTooltip row={row} {...about} {...place} inAlarm={inAlarm.has(row.id)} />;
              }}
            >
              <GroupHeaders {...drawing} groups={groups} measured={measured} collapsed={collapsed} onToggle={toggle} />
            </HeatmapMap>
          )}
        </div>
        <div ref={foot} className="grid gap-1 pt-3">
          <Legend rows={rows} address={address} legend={legend} {...map} />
          <div className="flex min-h-7 flex-wrap items-center gap-x-4">
            {past && rows.length === 0 && <p className="text-sm text-muted">{HEATMAP.past.nobody}</p>}
            {past && color === "readiness" && rows.length > 0 && <p className="text-sm text-muted">{HEATMAP.past.readiness}</p>}
            {measured && rows.length > 0 && (
              <SpreadLine
                color={color}
                unit={measured.unit}
                spread={map.spread}
                closed={map.shown === 0}
                rows={rows}
                onMark={setMarked}
                onGo={(node) => setGo((before) => ({ id: node, turn: (before?.turn ?? 0) + 1 }))}
              />
            )}
            <AlarmLine count={rows.filter((row) => inAlarm.has(row.id)).length} />
            <Paused count={waiting} words={HEATMAP.waiting} onApply={apply} />
          </div>
        </div>
      </div>
    </section>
  );
}

/** The groups whose cells are not shown. */
function useCollapsed() {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((key: string) => {
    setCollapsed((closed) => {
      const next = new Set(closed);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  }, []);
  return { collapsed, toggle };
}
