/** What the other tables show in the fourteen columns: the same words and sparklines as ours. */
import type { ReactNode } from "react";
import { Sparkline } from "@/components/charts/sparkline";
import { NODE_STATUSES } from "@/lib/domain/status";
import type { Trend } from "@/lib/domain/trends";
import { formatBytes, formatDisk, formatPercent, formatRate } from "@/lib/domain/units";
import type { NodeRow } from "@/lib/services/nodes/read";

const trend = (measured: Trend, max: number, text: string) => (
  <span className="trend">
    <span>{text}</span>
    <Sparkline points={measured.points} max={max} label={text} />
  </span>
);

type Shown = { value: (node: NodeRow) => string | number | null; cell: (node: NodeRow) => ReactNode };

const COLUMNS: Record<string, Shown> = {
  name: { value: (node) => node.name, cell: (node) => <a href={`/nodes/${node.id}`}>{node.name}</a> },
  candidate: { value: (node) => Number(node.candidate), cell: (node) => (node.candidate ? "Yes" : "No") },
  ip: { value: (node) => node.ip, cell: (node) => <code>{node.ip}</code> },
  cpu: { value: (node) => node.metrics!.cpu.last, cell: (node) => trend(node.metrics!.cpu, 1, formatPercent(node.metrics!.cpu.last!)) },
  vcpus: { value: (node) => node.vcpus, cell: (node) => node.vcpus },
  memory: { value: (node) => node.memoryBytes, cell: (node) => trend(node.metrics!.memory, 1, formatBytes(node.memoryBytes!)) },
  vmMemoryTotal: { value: (node) => node.vmMemoryTotalBytes, cell: (node) => formatBytes(node.vmMemoryTotalBytes!) },
  vmMemoryAvailable: { value: (node) => node.vmMemoryAvailableBytes, cell: (node) => formatBytes(node.vmMemoryAvailableBytes!) },
  networkRx: {
    value: (node) => node.metrics!.networkRx.last,
    cell: (node) => trend(node.metrics!.networkRx, 2e10, formatRate(node.metrics!.networkRx.last!)),
  },
  networkTx: {
    value: (node) => node.metrics!.networkTx.last,
    cell: (node) => trend(node.metrics!.networkTx, 2e10, formatRate(node.metrics!.networkTx.last!)),
  },
  storage: { value: (node) => node.storageBytes, cell: (node) => formatDisk(node.storageBytes!) },
  uptime: { value: (node) => -Date.parse(node.bootedAt!), cell: (node) => node.bootedAt!.slice(0, 10) },
  status: { value: (node) => node.status, cell: (node) => NODE_STATUSES[node.status].label },
  tags: { value: (node) => node.tags.join(" "), cell: (node) => <span className="tag">{node.tags.join(" ")}</span> },
}; // every row of rows.ts has all of these facts

const part = <Key extends keyof Shown>(key: Key) =>
  Object.fromEntries(Object.entries(COLUMNS).map(([id, shown]) => [id, shown[key]])) as Record<string, Shown[Key]>; // built from it

export const VALUES = part("value");
export const CELLS = part("cell");
