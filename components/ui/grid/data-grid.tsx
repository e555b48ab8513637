"use client";

import { FlexRender } from "@tanstack/react-table";
import { useMemo, useRef, type MouseEvent, type ReactNode } from "react";
import type { GridColumn, GridRowData } from "./features";
import { HeaderCell, SelectAllCell, type GridSort } from "./grid-header";
import { GridRow } from "./grid-row";
import { useColumns } from "./use-columns";
import { HEADER_ROW, useGridFocus } from "./use-grid-focus";
import { useGridKeys } from "./use-grid-keys";
import { useHold } from "./use-hold";
import { useOverflow } from "./use-overflow";
import { useRowWindow } from "./use-row-window";

export type DataGridProps<Row extends GridRowData> = {
  label: string;
  columns: GridColumn<Row>[];
  /** Every row, in the order in which they stand. */
  rows: readonly Row[];
  rowHeight: number;
  /** Whose --row-height, see globals.css, is rowHeight. */
  density: string;
  nameOf: (row: Row) => string;
  /** Ids of the columns that are shown, in their order. */
  shown: readonly string[];
  /** In px, of the columns that are not as wide as delivered. */
  widths: Readonly<Record<string, number>>;
  sort: GridSort;
  selected: ReadonlySet<string>;
  /** Rows that are not in the list any more, and leave when the order may change. */
  gone: ReadonlySet<string>;
  onSort: (sort: GridSort) => void;
  onShown: (change: (now: readonly string[]) => readonly string[]) => void;
  onWidths: (change: (now: Readonly<Record<string, number>>) => Readonly<Record<string, number>>) => void;
  onSelect: (id: string, range: boolean) => void;
  /** Selects both, which are neighbours. */
  onExtend: (from: string, to: string) => void;
  onSelectAll: () => void;
  onClear: () => void;
  onOpen: (row: Row) => void;
  /** Whether somebody points at the rows or has the focus among them: then their order must not change. */
  onHold: (held: boolean) => void;
  menu: (row: Row) => ReactNode;
  className?: string;
};

const CHECK_PX = 40;
const MENU_PX = 48;
const HEADER_PX = 44;

/** A table that is worked in: virtual rows, one Tab stop, columns to move, resize and hide. Which rows, and in which order, is the caller's. */
export function DataGrid<Row extends GridRowData>(props: DataGridProps<Row>) {
  const { rows, shown, selected, onSelect, onSelectAll } = props;
  const frame = useRef<HTMLElement>(null);
  const view = useRowWindow(frame, rows.length, props.rowHeight, HEADER_PX);
  const drawn = useMemo(() => rows.slice(view.start, view.end), [rows, view.start, view.end]);
  const { table, move, step, resize } = useColumns({ ...props, drawn });
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const focus = useGridFocus({
    frame,
    rows: ids,
    columns: ["select", ...shown, "menu"],
    home: shown[0] ?? "select",
    page: view.page,
    scrollToRow: view.scrollToRow,
  });
  const onKeyDown = useGridKeys({ ...props, frame, focus, onMove: step, onResize: resize });
  const hold = useHold(props.onHold);
  useOverflow(frame);
  const layout = shown.join();
  const columnCount = shown.length + 2;

  const onClick = (event: MouseEvent) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-column="select"]') : null;
    const id = cell?.closest<HTMLElement>("[data-row]")?.dataset.row;
    if (!id || !frame.current?.contains(cell)) return;
    if (id === HEADER_ROW) onSelectAll();
    else onSelect(id, event.shiftKey);
  };

  return (
    <section
      ref={frame}
      aria-label={props.label}
      data-density={props.density}
      className={`table-frame overflow-auto ${props.className ?? ""}`}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={(event) => {
        focus.onFocus(event.target);
        hold.focus(true);
      }}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        focus.onBlur();
        hold.focus(false);
      }}
    >
      <table
        role="grid"
        aria-label={props.label}
        aria-multiselectable
        aria-rowcount={rows.length + 1}
        aria-colcount={columnCount}
        width={headers.reduce((sum, header) => sum + header.getSize(), CHECK_PX + MENU_PX)}
        className="table grid-table"
      >
        <colgroup>
          <col width={CHECK_PX} />
          {headers.map((header, index) => (
            // The last one takes what is left, so that pinned columns stay where their neighbours expect them.
            <col key={header.id} width={index === headers.length - 1 ? undefined : header.getSize()} />
          ))}
          <col width={MENU_PX} />
        </colgroup>
        <thead role="rowgroup">
          <tr role="row" aria-rowindex={1} data-row={HEADER_ROW}>
            <SelectAllCell rows={rows} selected={selected} />
            {headers.map((header, index) => (
              <HeaderCell key={header.id} header={header} index={index} sort={props.sort} onSort={props.onSort} onMove={move}>
                <FlexRender header={header} />
              </HeaderCell>
            ))}
            <th role="columnheader" scope="col" aria-colindex={columnCount} data-column="menu" data-pin="end">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup" {...hold.pointer}>
          <Gap height={view.before} columns={columnCount} />
          {table.getRowModel().rows.map((row, at) => (
            <GridRow
              key={row.id}
              row={row}
              original={row.original}
              index={view.start + at}
              name={props.nameOf(row.original)}
              selected={selected.has(row.id)}
              gone={props.gone.has(row.id)}
              layout={layout}
              menu={props.menu}
            />
          ))}
          <Gap height={view.after} columns={columnCount} />
        </tbody>
      </table>
    </section>
  );
}

/** The room of rows that are not drawn. A height attribute, because the page's policy forbids styles in the server's markup. */
function Gap({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden role="presentation">
      <td className="gap" colSpan={columns} height={height} />
    </tr>
  );
}
