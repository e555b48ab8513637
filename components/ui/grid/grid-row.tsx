"use client";

import { FlexRender, type Row as TableRow } from "@tanstack/react-table";
import { memo, type ReactNode } from "react";
import { pinOf, type gridFeatures, type GridRowData } from "./features";

export type GridRowProps<Row extends GridRowData> = {
  row: TableRow<typeof gridFeatures, Row>;
  original: Row;
  /** Position among all rows, from 0. */
  index: number;
  name: string;
  selected: boolean;
  /** It is not in the list any more, and leaves when the order may change. */
  gone: boolean;
  /** Changes when other columns are shown, or in another order. */
  layout: string;
  menu: (row: Row) => ReactNode;
};

const HEADER_ROWS = 1;

function GridRowPlain<Row extends GridRowData>({ row, original, index, name, selected, gone, layout, menu }: GridRowProps<Row>) {
  return (
    <tr role="row" aria-rowindex={index + 1 + HEADER_ROWS} aria-selected={selected} data-row={original.id} data-gone={gone || undefined}>
      <td role="gridcell" aria-colindex={1} data-column="select" data-check data-pin="start">
        <input type="checkbox" className="size-4 align-middle" checked={selected} aria-label={`Select ${name}`} readOnly />
      </td>
      <Cells row={row} original={original} layout={layout} menu={menu} />
    </tr>
  );
}

type CellsProps<Row extends GridRowData> = Pick<GridRowProps<Row>, "row" | "original" | "layout" | "menu">;

function CellsPlain<Row extends GridRowData>({ row, original, menu }: CellsProps<Row>) {
  const cells = row.getAllCells();
  return (
    <>
      {cells.map((cell, at) => {
        const { numeric, pinned } = cell.column.columnDef.meta ?? {};
        return (
          <td
            key={cell.id}
            role={pinned === "start" ? "rowheader" : "gridcell"}
            aria-colindex={at + 2}
            data-column={cell.column.id}
            data-numeric={numeric || undefined}
            data-pin={pinOf(pinned)}
          >
            <FlexRender cell={cell} />
          </td>
        );
      })}
      <td role="gridcell" aria-colindex={cells.length + 2} data-column="menu" data-pin="end">
        {menu(original)}
      </td>
    </>
  );
}

const sameCells = <Row extends GridRowData>(was: CellsProps<Row>, is: CellsProps<Row>): boolean =>
  was.original === is.original && was.layout === is.layout && was.menu === is.menu;

/** Most changes of an order only give a row another place: then its cells stand. */
const Cells = memo(CellsPlain, sameCells) as typeof CellsPlain; // memo forgets the type parameter

/** Draws again only when the row itself, its place or its selection changed: `row` is made anew for each window of rows. */
export const GridRow = memo(
  GridRowPlain,
  (was, is) => sameCells(was, is) && was.index === is.index && was.selected === is.selected && was.gone === is.gone,
) as typeof GridRowPlain; // memo forgets the type parameter
