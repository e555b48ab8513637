"use client";

import type { KeyboardEvent, RefObject } from "react";
import { HEADER_ROW, type useGridFocus } from "./use-grid-focus";

type Keys<Row extends { id: string }> = {
  frame: RefObject<HTMLElement | null>;
  rows: readonly Row[];
  selected: ReadonlySet<string>;
  focus: ReturnType<typeof useGridFocus>;
  /** A step of -1 or 1 on a column's head. */
  onMove: (column: string, step: number) => void;
  onResize: (column: string, step: number) => void;
  onSelect: (id: string, range: boolean) => void;
  onExtend: (from: string, to: string) => void;
  onSelectAll: () => void;
  onClear: () => void;
  onOpen: (row: Row) => void;
};

/**
 * What a key does in the grid. Arrows, Home, End and page keys move; Space selects, Shift with an arrow extends; Enter opens;
 * Shift+F10 or a dot opens the row's menu; Control+A selects all, Escape none. On a head: Enter sorts, Shift with an arrow
 * resizes, Control and Shift with an arrow moves the column.
 */
export function useGridKeys<Row extends { id: string }>(keys: Keys<Row>) {
  return (event: KeyboardEvent): void => {
    // Escape that has closed a tooltip has done its work.
    if (event.defaultPrevented) return;
    const { frame, rows, focus } = keys;
    // A menu is drawn elsewhere, but its events come this way too.
    if (!(event.target instanceof Element) || !frame.current?.contains(event.target)) return;
    const { row, column } = focus.active.current;
    const done = row === HEADER_ROW ? headKey(event, column, keys) : rowKey(event, event.target, rows[focus.rowAt()], column, keys);
    if (done || anyKey(event, keys)) return event.preventDefault();
    focus.onKeyDown(event);
  };
}

function anyKey<Row extends { id: string }>(event: KeyboardEvent, { selected, onSelectAll, onClear }: Keys<Row>): boolean {
  if (event.key === "Escape" && selected.size > 0) onClear();
  else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") onSelectAll();
  else return false;
  return true;
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };

function headKey<Row extends { id: string }>(event: KeyboardEvent, column: string, { onMove, onResize, onSelectAll }: Keys<Row>): boolean {
  const step = STEPS[event.key];
  if (step && event.shiftKey) (event.ctrlKey ? onMove : onResize)(column, step);
  else if (column === "select" && event.key === " ") onSelectAll();
  else return false;
  return true;
}

const opensMenu = ({ key, shiftKey }: KeyboardEvent): boolean => (shiftKey && key === "F10") || key === "." || key === "ContextMenu";

function rowKey<Row extends { id: string }>(
  event: KeyboardEvent,
  target: Element,
  row: Row | undefined,
  column: string,
  keys: Keys<Row>,
): boolean {
  if (!row) return false;
  if (event.shiftKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) extend(row, event.key === "ArrowDown" ? 1 : -1, keys);
  else if (event.key === " " && column !== "menu") keys.onSelect(row.id, event.shiftKey);
  else if (event.key === "Enter" && column === "select") keys.onSelect(row.id, event.shiftKey);
  else if (event.key === "Enter" && !target.matches("a, button")) keys.onOpen(row);
  else if (opensMenu(event)) openMenu(row, keys);
  else return false;
  return true;
}

/** The row under the focus and the next one are selected, and the focus goes on to it. */
function extend<Row extends { id: string }>(row: Row, step: 1 | -1, { rows, focus, onExtend }: Keys<Row>): void {
  const next = rows[focus.rowAt() + step];
  if (!next) return;
  onExtend(row.id, next.id);
  focus.focusCell(next.id, focus.active.current.column);
}

function openMenu<Row extends { id: string }>(row: Row, { frame, focus }: Keys<Row>): void {
  focus.focusCell(row.id, "menu");
  frame.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(row.id)}"] [data-column="menu"] button`)?.click();
}
