"use client";

import type { Header } from "@tanstack/react-table";
import { clsx } from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { pinOf, type gridFeatures, type GridRowData } from "./features";

export type GridSort = { id: string; desc: boolean };

type HeaderCellProps<Row extends GridRowData> = {
  header: Header<typeof gridFeatures, Row>;
  index: number;
  sort: GridSort;
  onSort: (sort: GridSort) => void;
  /** Puts the column before another one, or at the end. */
  onMove: (id: string, before: string | null) => void;
  children: ReactNode;
};

const DRAG_TYPE = "text/x-column";

/** A column's head: sorts on a press, moves when it is dragged, and is resized at its edge. The keyboard does the same, see data-grid. */
export function HeaderCell<Row extends GridRowData>({ header, index, sort, onSort, onMove, children }: HeaderCellProps<Row>) {
  const { column } = header;
  const { numeric, help, pinned } = column.columnDef.meta ?? { help: "" };
  const sorted = sort.id === column.id;
  const Arrow = sorted && sort.desc ? ArrowDown : ArrowUp;
  return (
    <th
      role="columnheader"
      scope="col"
      aria-colindex={index + 2}
      aria-sort={sorted ? (sort.desc ? "descending" : "ascending") : "none"}
      data-column={column.id}
      data-numeric={numeric || undefined}
      data-pin={pinOf(pinned)}
      onDragOver={(event) => event.dataTransfer.types.includes(DRAG_TYPE) && pinned !== "start" && event.preventDefault()}
      onDrop={(event) => onMove(event.dataTransfer.getData(DRAG_TYPE), column.id)}
    >
      <button
        type="button"
        title={help}
        draggable={pinned !== "start"}
        onDragStart={(event) => event.dataTransfer.setData(DRAG_TYPE, column.id)}
        onClick={() => onSort({ id: column.id, desc: sorted && !sort.desc })}
        className={clsx("grid-sort", numeric && "flex-row-reverse", sorted && "text-ink")}
      >
        <span className="line-clamp-2">{children}</span>
        <Arrow aria-hidden size={12} data-sorted={sorted || undefined} />
      </button>
      <span
        aria-hidden
        data-resizing={column.getIsResizing() || undefined}
        className="grid-resize"
        onMouseDown={header.getResizeHandler()}
        onTouchStart={header.getResizeHandler()}
        onDoubleClick={() => column.resetSize()}
      />
    </th>
  );
}

/** Selects all that are listed; half ticked while only some of them are selected. */
export function SelectAllCell({ rows, selected }: { rows: readonly GridRowData[]; selected: ReadonlySet<string> }) {
  const count = selected.size ? rows.filter(({ id }) => selected.has(id)).length : 0;
  const all = count > 0 && count === rows.length;
  return (
    <th role="columnheader" scope="col" aria-colindex={1} data-column="select" data-check data-pin="start">
      <input
        type="checkbox"
        className="size-4 align-middle"
        aria-label="Select all that are listed"
        checked={all}
        readOnly
        ref={(box) => {
          if (box) box.indeterminate = count > 0 && !all;
        }}
      />
    </th>
  );
}
