"use client";

import { useEffectEvent, useLayoutEffect, useRef, useState, type MouseEvent, type ReactNode } from "react";
import { HeatmapCanvas } from "@/components/charts/heatmap-canvas";
import type { HeatmapLook, HeatmapScene } from "@/components/charts/heatmap-scene";
import type { useHold } from "@/components/ui/grid/use-hold";
import type { Layout } from "@/lib/domain/heatmap-layout";
import { hitTest } from "@/lib/domain/heatmap-moves";
import { HEATMAP } from "@/lib/messages/heatmap";
import { cellKey, type CellActions } from "./cell-keys";
import { gridPlace, placeOf, type Place } from "./place";
import { useCellFocus, type Go } from "./use-cell-focus";

type MapProps = CellActions & {
  layout: Layout;
  scene: HeatmapScene;
  look: HeatmapLook;
  /** Of what a cell shows. */
  idOf: (cell: number) => string;
  cellOfId: (id: string) => number;
  nameOf: (cell: number) => string;
  isSelected: (cell: number) => boolean;
  /** Marked and focused from outside. */
  marked: string | null;
  go: Go | null;
  describedBy: string;
  hold: ReturnType<typeof useHold>;
  renderTooltip: (place: Place) => ReactNode;
  children: ReactNode;
};

/** The canvas, and above it one cell of a grid: that with the focus. It goes where the keys lead, so that any number of cells is one element. */
export function HeatmapMap({ layout, scene, look, hold, marked, go, ...props }: MapProps) {
  const { scale } = look;
  const { idOf, cellOfId } = props;
  const root = useRef<HTMLDivElement>(null);
  const { element, active, shownId, inside, setInside, focusCell } = useCellFocus(idOf, cellOfId, go);
  const [hovered, setHovered] = useState(-1);
  /** A finger can not hover: its first touch asks what the cell is, the second opens it. */
  const asks = useRef(false);
  /** The cell whose tooltip was sent away. */
  const [quiet, setQuiet] = useState(-1);
  const pointed = (event: MouseEvent): number => {
    const box = root.current?.getBoundingClientRect();
    return box ? hitTest(layout, (event.clientX - box.left) * scale, (event.clientY - box.top) * scale) : -1;
  };
  const told = hovered >= 0 && hovered < layout.count ? hovered : inside ? active : -1;
  const onQuiet = (): boolean => {
    if (told < 0 || told === quiet) return false;
    setQuiet(told);
    return true;
  };
  const onClick = (event: MouseEvent) => {
    const cell = pointed(event);
    if (cell < 0) return;
    if (asks.current) return focusCell(cell);
    if (!event.shiftKey && !event.ctrlKey && !event.metaKey) return props.onOpen(cell);
    props.onSelect(cell, event.shiftKey);
    focusCell(cell);
  };
  // Whoever points at a cell may have the focus elsewhere. Before the tooltip is seen: a key that is pressed at once must not be lost.
  const sendAway = useEffectEvent((event: KeyboardEvent) => void (event.key === "Escape" && !event.defaultPrevented && onQuiet()));
  useLayoutEffect(() => {
    if (hovered < 0) return;
    const listen = (event: KeyboardEvent) => sendAway(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [hovered]);
  const turn = (to: boolean) => {
    setInside(to);
    hold.focus(to);
    if (!to) setQuiet(-1);
  };

  const place = (cell: number) => placeOf(layout, cell, scale);
  const here = place(active);
  const spot = told === quiet ? null : place(told);
  const at = gridPlace(layout, active);
  return (
    <div ref={root} className="heatmap-map" style={{ height: layout.height / scale }} {...hold.pointer}>
      <HeatmapCanvas scene={scene} look={look} scale={look.scale} className="heatmap-canvas" />
      {/* Keys come from its cell, which has the focus; the pointer finds the others by their place. */}
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus */}
      <div
        role="grid"
        aria-label={HEATMAP.grid}
        aria-describedby={props.describedBy}
        aria-multiselectable
        aria-rowcount={at.rows}
        aria-colcount={at.columns}
        className="heatmap-cells"
        onKeyDown={(event) => {
          if (event.defaultPrevented || !cellKey(event, { ...props, layout, active, focusCell, onQuiet })) return;
          event.preventDefault();
          // What the keys lead to is told, wherever the pointer rests.
          if (event.key !== "Escape") setHovered(-1);
        }}
        onPointerDown={(event) => {
          // Before the browser gives the cell the focus for it.
          const told = inside && active !== quiet && pointed(event) === active;
          asks.current = event.pointerType === "touch" && !told;
        }}
        onClick={onClick}
        onPointerMove={(event) => {
          const cell = pointed(event);
          if (cell !== hovered) setQuiet(-1);
          setHovered(cell);
        }}
        onPointerLeave={() => setHovered(-1)}
        onFocus={() => turn(true)}
        onBlur={() => turn(false)}
      >
        {here && (
          <div role="row" aria-rowindex={at.row}>
            <div
              key={shownId}
              ref={element}
              role="gridcell"
              tabIndex={0}
              aria-selected={props.isSelected(active)}
              aria-colindex={at.column}
              aria-label={props.nameOf(active)}
              className="heatmap-focus"
              style={boxOf(here)}
            />
          </div>
        )}
      </div>
      <Ring place={hovered >= 0 ? place(hovered) : null} />
      <Ring place={marked === null ? null : place(cellOfId(marked))} />
      {props.children}
      {spot && props.renderTooltip(spot)}
    </div>
  );
}

const boxOf = ({ x, y, size }: Place) => ({ left: x, top: y, width: size, height: size });

const Ring = ({ place }: { place: Place | null }) => place && <div aria-hidden className="heatmap-ring" style={boxOf(place)} />;
