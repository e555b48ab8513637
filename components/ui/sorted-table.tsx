"use client";

import { useMemo, useState, type ReactNode } from "react";
import { SortHeader, type SortDirection } from "./sort-header";
import { Table, Td, Th, Tr } from "./table";
import { TableFrame } from "./table-frame";

export type SortedColumn<Row> = {
  id: string;
  header: string;
  /** What the column means, shown over its header. */
  help?: string;
  numeric?: boolean;
  /** What it sorts by; null is not known and stands last either way. Left out, the column holds what can be done to a line. */
  value?: (row: Row) => string | number | null;
  cell: (row: Row) => ReactNode;
};

type Order = { id: string; direction: SortDirection };

type SortedTableProps<Row> = {
  label: string;
  columns: readonly SortedColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** The order it begins with; left out, that of the rows. */
  first?: Order;
  /** As many are drawn, the first of their order. */
  most?: number;
};

const NATURAL = new Intl.Collator("en", { numeric: true });

/** A short table that each header sorts. Rows that are equal stay in the order they came in. */
export function SortedTable<Row>({ label, columns, rows, rowKey, first, most }: SortedTableProps<Row>) {
  const [order, setOrder] = useState<Order | null>(first ?? null);
  const sorted = useMemo(() => inOrder(rows, columns, order), [rows, columns, order]);
  return (
    <TableFrame label={label} className="max-h-[max(18rem,calc(100dvh-17rem))]">
      <Table>
        <thead>
          <tr>
            {columns.map(({ id, header, help, numeric = false, value }) =>
              value ? (
                <SortHeader
                  key={id}
                  numeric={numeric}
                  sorted={order?.id === id ? order.direction : null}
                  onSort={() =>
                    setOrder({ id, direction: order?.id === id && order.direction === "ascending" ? "descending" : "ascending" })
                  }
                >
                  <span title={help}>{header}</span>
                </SortHeader>
              ) : (
                <Th key={id} actions>
                  <span className="sr-only">{header}</span>
                </Th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, most).map((row) => (
            <Tr key={rowKey(row)}>
              {columns.map(({ id, numeric = false, value, cell }) => (
                <Td key={id} numeric={numeric} actions={!value}>
                  {cell(row)}
                </Td>
              ))}
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

function inOrder<Row>(rows: readonly Row[], columns: readonly SortedColumn<Row>[], order: Order | null): readonly Row[] {
  const value = columns.find(({ id }) => id === order?.id)?.value;
  if (!value) return rows;
  const turned = order?.direction === "descending" ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [value(a), value(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    const before = typeof left === "number" && typeof right === "number" ? left - right : NATURAL.compare(String(left), String(right));
    return before * turned;
  });
}
