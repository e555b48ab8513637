import Link from "next/link";
import type { ReactNode } from "react";
import { gridColumns, type GridColumn } from "@/components/ui/grid/features";
import { NoData } from "@/components/ui/key-values";
import { formatBytes, formatDisk } from "@/lib/domain/units";
import { seenAt } from "@/lib/domain/row-facts";
import { COLUMNS } from "@/lib/messages/list";
import type { NodeRow } from "@/lib/services/nodes/read";
import { StatusCell } from "./status-cell";
import { TagsCell } from "./tags-cell";
import { TrendCell } from "./trend-cell";
import { Uptime } from "./uptime";

export type ColumnId = keyof typeof COLUMNS;

type ColumnRow = { width: number; numeric?: boolean; pinned?: "start" | "end"; cell: (node: NodeRow) => ReactNode };

const orNone = <T,>(value: T | null, show: (value: T) => ReactNode): ReactNode => (value === null ? <NoData /> : show(value));

/** The fourteen columns of the Nodes list: one row here is one column. Order and words stand in COLUMNS, how they sort in lib/domain/node-sort.ts. */
const CELLS: Record<ColumnId, ColumnRow> = {
  name: {
    width: 156,
    pinned: "start",
    cell: (node) => (
      <Link href={`/nodes/${node.id}/overview`} prefetch={false} className="link font-medium" title={node.description || undefined}>
        <bdi>{node.name}</bdi>
      </Link>
    ),
  },
  candidate: { width: 112, cell: ({ candidate }) => (candidate ? "Yes" : "No") },
  // Fifteen characters of the longest address.
  ip: { width: 140, cell: ({ ip }) => <code>{ip}</code> },
  cpu: { width: 116, cell: (node) => <TrendCell node={node} id="cpu" /> },
  vcpus: { width: 84, numeric: true, cell: ({ vcpus }) => orNone(vcpus, String) },
  memory: { width: 132, cell: (node) => <TrendCell node={node} id="memory" /> },
  vmMemoryTotal: { width: 124, numeric: true, cell: ({ vmMemoryTotalBytes }) => orNone(vmMemoryTotalBytes, formatBytes) },
  vmMemoryAvailable: { width: 124, numeric: true, cell: ({ vmMemoryAvailableBytes }) => orNone(vmMemoryAvailableBytes, formatBytes) },
  networkRx: { width: 140, cell: (node) => <TrendCell node={node} id="networkRx" /> },
  networkTx: { width: 140, cell: (node) => <TrendCell node={node} id="networkTx" /> },
  storage: { width: 96, numeric: true, cell: ({ storageBytes }) => orNone(storageBytes, formatDisk) },
  uptime: {
    width: 96,
    numeric: true,
    cell: (node) => orNone(node.bootedAt, (since) => <Uptime since={since} seenAt={seenAt(node)} />),
  },
  status: { width: 200, pinned: "end", cell: (node) => <StatusCell node={node} /> },
  tags: { width: 130, cell: ({ tags }) => <TagsCell tags={tags} /> },
};

export const COLUMN_IDS = Object.keys(COLUMNS) as ColumnId[]; // the keys of a constant are its own

const column = gridColumns<NodeRow>();

export const nodeColumns: GridColumn<NodeRow>[] = COLUMN_IDS.map((id) => {
  const { width, numeric, pinned, cell } = CELLS[id];
  return column.display({
    id,
    header: COLUMNS[id].header,
    size: width,
    minSize: 56,
    maxSize: 1200,
    meta: { help: COLUMNS[id].help, ...(numeric ? { numeric } : {}), ...(pinned ? { pinned } : {}) },
    cell: ({ row }) => cell(row.original),
  });
});
