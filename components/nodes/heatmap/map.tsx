"use client";

import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from "react";
import { HeatmapCanvas } from "@/components/charts/heatmap-canvas";
import type { HeatmapLook, HeatmapScene } from "@/components/charts/heatmap-scene";
import { cellOf, hitTest, moveTo } from "@/lib/domain/heatmap-moves";
import type { Layout } from "@/lib/domain/heatmap-layout";
import { HEATMAP } from "@/lib/messages/heatmap";

/** The cell as it stands on the page, px of the page. */
export type Place = { cell: number; x: number; y: number; size: number };

type MapProps = {
  layout: Layout;
  scene: HeatmapScene;
  look: HeatmapLook;
  /** Id of what a cell shows, its name, and whether it is selected. */
  idOf: (cell: number) => string;
  nameOf: (cell: number) => string;
  isSelected: (cell: number) => boolean;
  cellOfId: (id: string) => number;
  /** Marked from outside, and to be focused when its number changes. */
  marked: string | null;
  go: { id: string; turn: number } | null;
  describedBy: string;
  hold: { pointer: { onPointerEnter: () => void; onPointerLeave: () => void }; focus: (focus: boolean) => void };
  onOpen: (cell: number) => void;
  onSelect: (cell: number, range: boolean) => void;
  onExtend: (from: number, to: number) => void;
  onSelectAll: () => void;
  onClear: () => void;
  renderTooltip: (place: Place) => ReactNode;
  children: ReactNode;
};

/** The canvas, and above it one cell of a grid: that with the focus. It goes where the keys lead, so that any number of cells is one element. */
export function HeatmapMap(props: MapProps) {
  const { layout, scene, look, idOf, nameOf, isSelected, cellOfId, marked, go, describedBy, hold, renderTooltip, children } = props;
  const { scale } = look;
  const root = useRef<HTMLDivElement>(null);
  const focused = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  const [inside, setInside] = useState(false);
  const [hovered, setHovered] = useState(-1);
  const [quiet, setQuiet] = useState(false);
  const wanted = useRef(false);
  const active = useMemo(() => Math.max(0, activeId === null ? 0 : cellOfId(activeId)), [activeId, cellOfId]);

  const focusCell = useCallback(
    (cell: number) => {
      wanted.current = true;
      setQuiet(false);
      setActiveId(idOf(cell));
    },
    [idOf],
  );
  // A new element for every cell: what gets the focus is announced, what only changes its name is not.
  useLayoutEffect(() => {
    if (!wanted.current) return;
    wanted.current = false;
    focused.current?.focus({ preventScroll: true });
    focused.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [activeId, active]);
  useEffect(() => {
    if (!go) return;
    const cell = cellOfId(go.id);
    if (cell >= 0) focusCell(cell);
    // oxlint-disable-next-line react/exhaustive-deps -- once for each turn
  }, [go]);

  const pointed = (event: MouseEvent) => {
    const box = root.current?.getBoundingClientRect();
    return box ? hitTest(layout, (event.clientX - box.left) * scale, (event.clientY - box.top) * scale) : -1;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || layout.count === 0) return;
    if (act(event)) event.preventDefault();
  };
  const act = (event: KeyboardEvent): boolean => {
    const { key, shiftKey, ctrlKey, metaKey } = event;
    if (key === "Enter") props.onOpen(active);
    else if (key === " ") props.onSelect(active, shiftKey);
    else if (key === "Escape" && !quiet && (hovered >= 0 || inside)) setQuiet(true);
    else if (key === "Escape") props.onClear();
    else if ((ctrlKey || metaKey) && key.toLowerCase() === "a") props.onSelectAll();
    else {
      const to = moveTo(layout, active, { key, ctrlKey });
      if (to === null) return /^(Arrow|Page|Home|End)/.test(key);
      if (shiftKey) props.onExtend(active, to);
      focusCell(to);
    }
    return true;
  };
  const onClick = (event: MouseEvent) => {
    const cell = pointed(event);
    if (cell < 0) return;
    if (event.shiftKey || event.ctrlKey || event.metaKey) {
      props.onSelect(cell, event.shiftKey);
      focusCell(cell);
    } else props.onOpen(cell);
  };

  const at = useCallback((cell: number): Place | null => placeOf(layout, cell, scale), [layout, scale]);
  const shown = hovered >= 0 && hovered < layout.count ? hovered : inside ? active : -1;
  const [here, ring, mark] = [at(active), hovered >= 0 ? at(hovered) : null, marked === null ? null : at(cellOfId(marked))];
  const spot = quiet ? null : at(shown);
  return (
    <div ref={root} className="heatmap-map" style={{ height: layout.height / scale }} {...hold.pointer}>
      <HeatmapCanvas scene={scene} look={look} />
      {/* Keys come from its cell, which has the focus; the pointer finds the others by their place. */}
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus */}
      <div
        role="grid"
        aria-label={HEATMAP.grid}
        aria-describedby={describedBy}
        aria-multiselectable
        aria-rowcount={lines(layout).count}
        aria-colcount={layout.columns}
        className="heatmap-cells"
        onKeyDown={onKeyDown}
        onClick={onClick}
        onPointerMove={(event) => {
          const cell = pointed(event);
          if (cell !== hovered) setQuiet(false);
          setHovered(cell);
        }}
        onPointerLeave={() => setHovered(-1)}
        onFocus={() => {
          setInside(true);
          hold.focus(true);
        }}
        onBlur={() => {
          setInside(false);
          hold.focus(false);
        }}
      >
        {here && (
          <div role="row" aria-rowindex={lines(layout).of(layout, active)}>
            <div
              key={idOf(active)}
              ref={focused}
              role="gridcell"
              tabIndex={0}
              aria-selected={isSelected(active)}
              aria-colindex={(cellOf(layout, active)?.block.column ?? 0) + (cellOf(layout, active)?.column ?? 0) + 1}
              aria-label={nameOf(active)}
              className="heatmap-focus"
              style={{ left: here.x, top: here.y, width: here.size, height: here.size }}
            />
          </div>
        )}
      </div>
      {[ring, mark].map(
        (place, index) =>
          place && (
            <div
              key={index}
              aria-hidden
              className="heatmap-ring"
              style={{ left: place.x, top: place.y, width: place.size, height: place.size }}
            />
          ),
      )}
      {children}
      {spot && renderTooltip(spot)}
    </div>
  );
}

function placeOf(layout: Layout, cell: number, scale: number): Place | null {
  const found = cellOf(layout, cell);
  return found && { cell, x: found.x / scale, y: found.y / scale, size: (layout.pitch - layout.gap) / scale };
}

/** Lines of cells over all shelves, and the number of a cell's own, from 1. */
function lines({ blocks, shelves }: Layout) {
  const highest = shelves.map(() => 0);
  for (const { shelf, rows } of blocks) highest[shelf] = Math.max(highest[shelf] ?? 0, rows);
  return {
    count: highest.reduce((sum, rows) => sum + rows, 0),
    of: (layout: Layout, cell: number): number => {
      const found = cellOf(layout, cell);
      return found ? highest.slice(0, found.block.shelf).reduce((sum, rows) => sum + rows, 0) + found.row + 1 : 1;
    },
  };
}
