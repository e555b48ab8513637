"use client";

import { useTable, type SortingState } from "@tanstack/react-table";
import { EllipsisVertical } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { SortHeader } from "@/components/ui/sort-header";
import { Table, TableFrame, Td, Th, Tr } from "@/components/ui/table";
import type { ConsoleFacts } from "@/components/shell/console-context";
import type { NodeRow } from "@/lib/services/nodes/read";
import { columns, features, type ColumnMeta } from "./columns";
import { CommandItems } from "./commands";
import { useDialogAddress } from "./dialogs/address";

type NodesTableProps = { rows: NodeRow[]; selectedId: string | null; onSelect: (id: string | null) => void; context: ConsoleFacts };

const FIRST_ORDER: SortingState = [{ id: "name", desc: false }];

export function NodesTable({ rows, selectedId, onSelect, context }: NodesTableProps) {
  const { open } = useDialogAddress();
  const [sorting, setSorting] = useState(FIRST_ORDER);
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: (row) => row.id,
    state: { sorting },
    onSortingChange: setSorting,
    enableSortingRemoval: false,
  });
  return (
    <TableFrame label="Nodes" className="max-h-[calc(100dvh-15rem)] min-h-64">
      <Table>
        <thead>
          <tr>
            <Th check pin="start">
              <span className="sr-only">Select</span>
            </Th>
            {table.getHeaderGroups()[0]?.headers.map((header) => {
              const { numeric = false, help } = header.column.columnDef.meta as ColumnMeta; // every column of columns.tsx has it
              const direction = header.column.getIsSorted();
              return (
                <SortHeader
                  key={header.id}
                  numeric={numeric}
                  {...(header.id === "name" ? { pin: "start-2" as const } : {})}
                  sorted={direction === false ? null : direction === "desc" ? "descending" : "ascending"}
                  onSort={() => header.column.toggleSorting()}
                >
                  <span title={help}>
                    <table.FlexRender header={header} />
                  </span>
                </SortHeader>
              );
            })}
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => {
            const selected = row.id === selectedId;
            return (
              <Tr key={row.id} selected={selected}>
                <Td check pin="start">
                  <input
                    type="checkbox"
                    className="size-4 align-middle"
                    checked={selected}
                    aria-label={`Select ${row.original.name}`}
                    onChange={() => onSelect(selected ? null : row.id)}
                  />
                </Td>
                {row.getAllCells().map((cell) => (
                  <Td
                    key={cell.id}
                    numeric={(cell.column.columnDef.meta as ColumnMeta).numeric ?? false}
                    {...(cell.column.id === "name" ? { pin: "start-2" as const } : {})}
                  >
                    <table.FlexRender cell={cell} />
                  </Td>
                ))}
                <Td>
                  <Menu
                    align="end"
                    trigger={
                      <Button variant="ghost" size="icon" aria-label={`Actions for ${row.original.name}`}>
                        <EllipsisVertical aria-hidden size={16} />
                      </Button>
                    }
                  >
                    <CommandItems node={row.original} context={context} onCommand={(command) => open(command, row.id)} />
                  </Menu>
                </Td>
              </Tr>
            );
          })}
        </tbody>
      </Table>
    </TableFrame>
  );
}
