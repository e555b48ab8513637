"use client";

import { useTable } from "@tanstack/react-table";
import { useEffect, useMemo, useState } from "react";
import { gridFeatures, type GridColumn, type GridRowData } from "./features";

type Columns<Row extends GridRowData> = {
  columns: GridColumn<Row>[];
  /** The rows that are drawn. */
  drawn: readonly Row[];
  shown: readonly string[];
  widths: Readonly<Record<string, number>>;
  /** Both get what is shown at that moment, which a second quick press may find before it is drawn. */
  onShown: (change: (now: readonly string[]) => readonly string[]) => void;
  onWidths: (change: (now: Readonly<Record<string, number>>) => Readonly<Record<string, number>>) => void;
};

const RESIZE_STEP_PX = 16;
const MIN_PX = 56;

/** Which columns there are, in which order and how wide; a width that is being dragged is told when it is let go. */
export function useColumns<Row extends GridRowData>({ columns, drawn, shown, widths, onShown, onWidths }: Columns<Row>) {
  const [dragged, setDragged] = useState<Record<string, number> | null>(null);
  const key = shown.join();
  const drawnColumns = useMemo(() => key.split(",").flatMap((id) => columns.find((column) => column.id === id) ?? []), [columns, key]);
  const table = useTable({
    features: gridFeatures,
    columns: drawnColumns,
    data: drawn,
    getRowId: (row) => row.id,
    columnResizeMode: "onChange",
    state: { columnSizing: dragged ?? widths },
    onColumnSizingChange: (change) => setDragged((now) => (typeof change === "function" ? change(now ?? widths) : change)),
  });
  const dragging = table.state.columnResizing.isResizingColumn !== false;
  useEffect(() => {
    if (dragging || !dragged) return;
    onWidths(() => dragged);
    setDragged(null);
  }, [dragging, dragged, onWidths]);

  /** Puts a column before another one, or at the end; the first one stays first. */
  const move = (id: string, before: string | null) => onShown((now) => moved(now, id, before));
  return {
    table,
    move,
    /** One place towards the start (-1) or the end (1): that is before the one after the next. */
    step: (id: string, step: number) =>
      onShown((now) => moved(now, id, now[step < 0 ? Math.max(1, now.indexOf(id) - 1) : now.indexOf(id) + 2] ?? null)),
    resize: (id: string, step: number) => {
      const width = table.getColumn(id)?.getSize() ?? MIN_PX;
      onWidths((now) => ({ ...now, [id]: Math.max(MIN_PX, (now[id] ?? width) + step * RESIZE_STEP_PX) }));
    },
  };
}

function moved(now: readonly string[], id: string, before: string | null): readonly string[] {
  const [first = "", ...rest] = now;
  if (id === first || id === before || !now.includes(id)) return now;
  const others = rest.filter((other) => other !== id);
  const at = before === null ? -1 : others.indexOf(before);
  return [first, ...(at < 0 ? [...others, id] : others.toSpliced(at, 0, id))];
}
