/** Where a cell stands on the page, and which line and column of the grid that is. */
import type { Layout } from "@/lib/domain/heatmap-layout";
import { cellOf } from "@/lib/domain/heatmap-moves";

/** Px of the page. */
export type Place = { cell: number; x: number; y: number; size: number };

export function placeOf(layout: Layout, cell: number, scale: number): Place | null {
  const found = cellOf(layout, cell);
  return found && { cell, x: found.x / scale, y: found.y / scale, size: (layout.pitch - layout.gap) / scale };
}

export type GridPlace = { rows: number; columns: number; /** From 1. */ row: number; column: number };

/** Lines are counted over all shelves, each as high as its highest group. */
export function gridPlace(layout: Layout, cell: number): GridPlace {
  const highest = layout.shelves.map(() => 0);
  for (const { shelf, rows } of layout.blocks) highest[shelf] = Math.max(highest[shelf] ?? 0, rows);
  const sum = (lines: number[]) => lines.reduce((all, rows) => all + rows, 0);
  const found = cellOf(layout, cell);
  return {
    rows: sum(highest),
    columns: layout.columns,
    row: found ? sum(highest.slice(0, found.block.shelf)) + found.row + 1 : 1,
    column: found ? found.block.column + found.column + 1 : 1,
  };
}
