/** The list as a file: raw numbers with their unit in the header, missing data as an empty cell. */
import { toCsv, type Cell } from "@/lib/domain/csv";
import type { ColumnId } from "@/lib/domain/node-sort";
import { uptimeMs, type RowFacts } from "@/lib/domain/row-facts";
import { NODE_STATUSES } from "@/lib/domain/status";
import { COLUMNS } from "@/lib/messages/list";

type CsvColumn = { unit?: string; cell: (row: RowFacts) => Cell };

const seconds = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 1000));

const CSV_COLUMNS: Record<ColumnId, CsvColumn> = {
  name: { cell: (row) => row.name },
  candidate: { cell: (row) => (row.candidate ? "Yes" : "No") },
  ip: { cell: (row) => row.ip },
  cpu: { unit: "share", cell: (row) => row.metrics?.cpu.last ?? null },
  vcpus: { cell: (row) => row.vcpus },
  memory: { unit: "bytes", cell: (row) => row.memoryBytes },
  vmMemoryTotal: { unit: "bytes", cell: (row) => row.vmMemoryTotalBytes },
  vmMemoryAvailable: { unit: "bytes", cell: (row) => row.vmMemoryAvailableBytes },
  networkRx: { unit: "bit/s", cell: (row) => row.metrics?.networkRx.last ?? null },
  networkTx: { unit: "bit/s", cell: (row) => row.metrics?.networkTx.last ?? null },
  storage: { unit: "bytes", cell: (row) => row.storageBytes },
  uptime: { unit: "s", cell: (row) => seconds(uptimeMs(row)) },
  status: { cell: (row) => NODE_STATUSES[row.status].label },
  tags: { cell: (row) => row.tags.join("; ") },
};

/** What a file must say that a live page shows by itself: when each line was true. */
const SEEN = "Last inspection";

/** Rows and columns in the order given, with the time of the last inspection (ISO 8601) behind them. */
export function nodesCsv(rows: readonly RowFacts[], columns: readonly ColumnId[]): string {
  const header = columns.map((id) => {
    const { unit } = CSV_COLUMNS[id];
    return COLUMNS[id].header + (unit ? ` [${unit}]` : "");
  });
  return toCsv([[...header, SEEN], ...rows.map((row) => [...columns.map((id) => CSV_COLUMNS[id].cell(row)), row.inspectedAt])]);
}
