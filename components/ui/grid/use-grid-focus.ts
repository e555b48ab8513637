"use client";

import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type RefObject } from "react";
import { moveCell } from "./moves";

/** The header's line, beside the rows' own ids. */
export const HEADER_ROW = "header";

const WIDGETS = "a[href], button, input, [tabindex]";

type GridFocus = {
  frame: RefObject<HTMLElement | null>;
  /** Ids of all rows, drawn or not, and of all columns, in their order. */
  rows: readonly string[];
  columns: readonly string[];
  /** Where the focus stands at first. */
  home: string;
  page: () => number;
  scrollToRow: (index: number) => void;
};

/**
 * One Tab stop for a whole grid. The focus belongs to a cell, named by row and column so that it follows its row when the order
 * changes; in a cell it belongs to the first thing that can be pressed. Rows come and go while the grid scrolls, so this works on
 * the drawn elements and never asks React to draw again.
 */
export function useGridFocus(options: GridFocus) {
  const newest = useRef(options);
  const active = useRef({ row: "", column: options.home });
  /** `parked`: the frame gets the focus in place of a cell that is out of sight, and must not scroll back to it. */
  const state = useRef({ inside: false, wanted: false, parked: false });
  // With the rows that are drawn, not after them: a key may come in between.
  useLayoutEffect(() => {
    newest.current = options;
  });

  const place = () => {
    const { frame } = newest.current;
    const root = frame.current;
    if (!root) return;
    const target = visible(targetOf(cellAt(root, active.current)));
    for (const widget of root.querySelectorAll<HTMLElement>(WIDGETS)) if (widget !== target) widget.tabIndex = -1;
    // With its row out of sight, the frame itself stands in for the cell.
    root.tabIndex = target ? -1 : 0;
    if (target) target.tabIndex = 0;
    if (target && state.current.wanted) {
      state.current.wanted = false;
      target.focus({ preventScroll: true });
      keepInSight(root, target);
    } else if (state.current.inside && !root.contains(document.activeElement) && document.activeElement === document.body) {
      state.current.parked = true;
      root.focus({ preventScroll: true });
      state.current.parked = false;
    }
  };

  /** Moves the focus to a cell, which is scrolled to and waited for when it is not drawn. */
  const focusCell = (row: string, column: string) => {
    const { rows, scrollToRow } = newest.current;
    // A row that the filter has taken away meanwhile: the first one stands in.
    if (row !== HEADER_ROW && !rows.includes(row)) row = rows[0] ?? HEADER_ROW;
    active.current = { row, column };
    state.current.wanted = true;
    const index = rows.indexOf(row);
    if (index >= 0) scrollToRow(index);
    place();
  };

  useEffect(() => {
    const root = newest.current.frame.current;
    if (!root) return;
    if (!active.current.row) active.current.row = newest.current.rows[0] ?? HEADER_ROW;
    place();
    const observer = new MutationObserver(place);
    observer.observe(root, { childList: true, subtree: true });
    return () => observer.disconnect();
    // oxlint-disable-next-line react/exhaustive-deps -- `place` reads only refs
  }, []);

  return {
    active,
    focusCell,
    /** The row that the focus is on, or null on the header. */
    rowAt: () => newest.current.rows.indexOf(active.current.row),
    onKeyDown: (event: KeyboardEvent): boolean => {
      const { frame, rows, columns, page } = newest.current;
      const { row, column } = active.current;
      const seen = (at: { row: string; column: string }) => frame.current && cellAt(frame.current, at)?.checkVisibility() !== false;
      const shown = columns.filter((candidate) => seen({ row, column: candidate }));
      const from = { row: rows.indexOf(row), column: Math.max(0, shown.indexOf(column)) };
      const to = moveCell(event, from, { rows: rows.length, columns: shown.length, page: page() });
      if (!to) return false;
      event.preventDefault();
      const target = shown[to.column] ?? "";
      const above = seen({ row: HEADER_ROW, column: target }) ? HEADER_ROW : (rows[0] ?? HEADER_ROW);
      focusCell(rows[to.row] ?? above, target);
      return true;
    },
    onFocus: (target: EventTarget) => {
      state.current.inside = true;
      const { frame } = newest.current;
      if (target === frame.current) return state.current.parked ? undefined : focusCell(active.current.row, active.current.column);
      const cell = target instanceof Element ? target.closest<HTMLElement>("[data-column]") : null;
      const row = cell?.closest<HTMLElement>("[data-row]");
      if (!cell || !row || !frame.current?.contains(cell)) return;
      active.current = { row: row.dataset.row ?? HEADER_ROW, column: cell.dataset.column ?? "" };
      place();
    },
    onBlur: () => {
      state.current.inside = false;
      // A row that comes back later must not take the focus from where it went.
      state.current.wanted = false;
    },
  };
}

const cellAt = (root: HTMLElement, { row, column }: { row: string; column: string }): HTMLElement | null =>
  root.querySelector<HTMLElement>(`[data-row="${CSS.escape(row)}"] [data-column="${CSS.escape(column)}"]`);

/** A narrow screen hides columns and the header: what can not be seen can not have the focus. */
const visible = (target: HTMLElement | null): HTMLElement | null => (target?.checkVisibility() ? target : null);

const targetOf = (cell: HTMLElement | null): HTMLElement | null => cell && (cell.querySelector<HTMLElement>(WIDGETS) ?? cell);

/** Pinned columns lie over what scrolls beneath them: a focused cell must not end there. */
function keepInSight(root: HTMLElement, target: HTMLElement): void {
  const cell = target.closest<HTMLElement>("[data-column]");
  if (!cell || cell.dataset.pin) return;
  const [view, box] = [root.getBoundingClientRect(), cell.getBoundingClientRect()];
  const pinned = [...(cell.parentElement?.querySelectorAll<HTMLElement>("[data-pin]") ?? [])];
  const width = (side: string) =>
    pinned.filter(({ dataset }) => dataset.pin?.startsWith(side)).reduce((sum, { offsetWidth }) => sum + offsetWidth, 0);
  const [left, right] = [view.left + width("start"), view.left + root.clientWidth - width("end")];
  if (box.left < left) root.scrollLeft -= left - box.left;
  else if (box.right > right) root.scrollLeft += Math.min(box.right - right, box.left - left);
}
