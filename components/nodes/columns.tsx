import { createColumnHelper, createSortedRowModel, rowSortingFeature, tableFeatures } from "@tanstack/react-table";
import Link from "next/link";
import { NoData } from "@/components/ui/key-values";
import { NODE_STATUS_IDS } from "@/lib/domain/status";
import { compareIPv4 } from "@/lib/domain/address";
import { compareNames, formatBytes, formatDisk } from "@/lib/domain/units";
import { COLUMNS } from "@/lib/messages";
import type { NodeRow } from "@/lib/services/nodes/read";
import { StatusCell } from "./status-cell";
import { Uptime } from "./uptime";

export const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

const column = createColumnHelper<typeof features, NodeRow>();

/** What a column adds to TanStack's own: how its cells align and where it is explained. */
export type ColumnMeta = { numeric?: boolean; help: string };

/** The columns of the Nodes list, in the order of the mission. One row here is one column. */
export const columns = column.columns([
  column.accessor("name", {
    header: COLUMNS.name.header,
    meta: { help: COLUMNS.name.help },
    sortFn: (a, b) => compareNames(a.original.name, b.original.name),
    cell: ({ row: { original: node } }) => (
      <Link href={`/nodes/${node.id}/overview`} className="link font-medium" title={node.description || undefined}>
        <bdi>{node.name}</bdi>
      </Link>
    ),
  }),
  column.accessor("candidate", {
    header: COLUMNS.candidate.header,
    meta: { help: COLUMNS.candidate.help },
    cell: ({ getValue }) => (getValue() ? "Yes" : "No"),
  }),
  column.accessor("ip", {
    header: COLUMNS.ip.header,
    meta: { help: COLUMNS.ip.help },
    sortFn: (a, b) => compareIPv4(a.original.ip, b.original.ip),
    cell: ({ getValue }) => <code>{getValue()}</code>,
  }),
  column.accessor((node) => node.vcpus ?? undefined, {
    id: "vcpus",
    header: COLUMNS.vcpus.header,
    meta: { help: COLUMNS.vcpus.help, numeric: true },
    sortUndefined: "last",
    cell: ({ getValue }) => getValue() ?? <NoData />,
  }),
  column.accessor((node) => node.memoryBytes ?? undefined, {
    id: "memory",
    header: COLUMNS.memory.header,
    meta: { help: COLUMNS.memory.help, numeric: true },
    sortUndefined: "last",
    cell: ({ row: { original } }) => (original.memoryBytes === null ? <NoData /> : formatBytes(original.memoryBytes)),
  }),
  column.accessor((node) => node.storageBytes ?? undefined, {
    id: "storage",
    header: COLUMNS.storage.header,
    meta: { help: COLUMNS.storage.help, numeric: true },
    sortUndefined: "last",
    cell: ({ row: { original } }) => (original.storageBytes === null ? <NoData /> : formatDisk(original.storageBytes)),
  }),
  column.accessor((node) => (node.bootedAt ? -Date.parse(node.bootedAt) : undefined), {
    id: "uptime",
    header: COLUMNS.uptime.header,
    meta: { help: COLUMNS.uptime.help, numeric: true },
    sortUndefined: "last",
    cell: ({ row: { original } }) => (original.bootedAt ? <Uptime since={original.bootedAt} seenAt={original.inspectedAt} /> : <NoData />),
  }),
  column.accessor((node) => NODE_STATUS_IDS.indexOf(node.status), {
    id: "status",
    header: COLUMNS.status.header,
    meta: { help: COLUMNS.status.help },
    cell: ({ row: { original } }) => <StatusCell node={original} />,
  }),
]);
