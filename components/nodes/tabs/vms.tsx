"use client";

import { Lock } from "lucide-react";
import { useMemo } from "react";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { SortedTable, type SortedColumn } from "@/components/ui/sorted-table";
import type { Inventory, Vm } from "@/lib/domain/inventory";
import { deviceAt } from "@/lib/domain/pci";
import { compareNames, formatBytes } from "@/lib/domain/units";
import { DRAIN } from "@/lib/messages/maintenance";
import { NODE_PAGE } from "@/lib/messages/node";
import type { DrainLine } from "@/lib/services/maintenance/read";

/** With the names of the devices that are passed through to it, and what a drain that runs does with it. */
type Row = Vm & { devices: string[]; line: DrainLine | undefined };

const COLUMNS: SortedColumn<Row>[] = [
  { id: "name", header: "Name", value: ({ name }) => name, cell: ({ name }) => <bdi className="font-medium">{name}</bdi> },
  { id: "state", header: "State", value: ({ state }) => state, cell: ({ state }) => state },
  { id: "vcpus", header: "vCPUs", numeric: true, value: ({ vcpus }) => vcpus, cell: ({ vcpus }) => vcpus },
  {
    id: "memory",
    header: "Memory",
    numeric: true,
    value: ({ memoryBytes }) => memoryBytes,
    cell: ({ memoryBytes }) => formatBytes(memoryBytes),
  },
  {
    id: "migration",
    header: "Migration",
    help: "A virtual machine that holds a device of the server can not move to another one.",
    value: ({ devices, line }) => (devices.length ? 0 : line ? 1 : 2),
    cell: ({ devices, line }) =>
      devices.length ? (
        <span className="inline-flex flex-wrap items-center gap-x-2">
          <Badge tone="warning" weight="outline" glyph={<Lock aria-hidden />}>
            {NODE_PAGE.vms.passthrough}
          </Badge>
          <bdi className="text-muted">{devices.join(", ")}</bdi>
        </span>
      ) : line ? (
        <span>
          {line.label}
          {line.targetName && (
            <>
              {" "}
              {DRAIN.to} <bdi className="font-medium">{line.targetName}</bdi>
            </>
          )}
        </span>
      ) : (
        <span className="text-muted">Can migrate</span>
      ),
  },
];

type VmsTabProps = Pick<Inventory, "vms" | "pci" | "hypervisor"> & { drain: readonly DrainLine[] };

/** The virtual machines of the node, those that hold it back first, and why there are none. */
export function VmsTab({ vms, pci, hypervisor, drain }: VmsTabProps) {
  const rows = useMemo(() => {
    const lines = new Map(drain.map((line) => [line.uuid, line]));
    return vms
      .map((vm) => ({ ...vm, devices: vm.passthrough.map((slot) => deviceAt(slot, pci)), line: lines.get(vm.uuid) }))
      .toSorted((a, b) => compareNames(a.name, b.name));
  }, [vms, pci, drain]);
  if (!hypervisor.running) return <EmptyState title={hypervisor.libvirt ? NODE_PAGE.vms.silent : NODE_PAGE.vms.noHypervisor} />;
  if (!rows.length) return <EmptyState title={NODE_PAGE.vms.none} />;
  return (
    <>
      <p className="text-sm text-muted">{stateCounts(vms)}</p>
      <SortedTable
        label="VMs"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ uuid }) => uuid}
        first={{ id: "migration", direction: "ascending" }}
      />
    </>
  );
}

/** "11 running, 1 shut off", the most frequent first. */
function stateCounts(vms: readonly Vm[]): string {
  const counts = new Map<string, number>();
  for (const { state } of vms) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([state, count]) => `${count} ${state}`)
    .join(", ");
}
