"use client";

import { Ban, CircleCheck } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { NoData } from "@/components/ui/key-values";
import { SortedTable, type SortedColumn } from "@/components/ui/sorted-table";
import type { Inventory } from "@/lib/domain/inventory";
import { deviceName, pciRows, type PciRow } from "@/lib/domain/pci";
import { NODE_PAGE } from "@/lib/messages/node";

const COLUMNS: SortedColumn<PciRow>[] = [
  {
    id: "device",
    header: "Device name",
    value: ({ device }) => deviceName(device),
    cell: ({ device }) => (
      <span className="grid max-w-72 min-w-40 py-1 whitespace-normal">
        <span className="font-medium">{deviceName(device)}</span>
        <span className="text-xs text-muted">{device.className ?? `Class ${device.classId}`}</span>
      </span>
    ),
  },
  { id: "slot", header: "PCI slot", value: ({ device }) => device.slot, cell: ({ device }) => <code>{device.slot}</code> },
  {
    id: "vendor",
    header: "Vendor",
    value: ({ device }) => device.vendor,
    cell: ({ device }) => device.vendor ?? <code>{device.vendorId}</code>,
  },
  { id: "deviceId", header: "Device ID", value: ({ device }) => device.deviceId, cell: ({ device }) => <code>{device.deviceId}</code> },
  {
    id: "status",
    header: "Status",
    help: "Enabled: a virtual machine can have it. Blocked: none can, and why.",
    value: ({ passthrough }) => (passthrough.enabled ? 0 : 1),
    cell: ({ passthrough: { enabled, reason } }) => (
      <span className="grid w-52 py-1 whitespace-normal">
        <Badge tone={enabled ? "positive" : "neutral"} glyph={enabled ? <CircleCheck aria-hidden /> : <Ban aria-hidden />}>
          {enabled ? "Enabled" : "Blocked"}
        </Badge>
        <span className="text-xs text-muted">{reason}</span>
      </span>
    ),
  },
  {
    id: "driver",
    header: "Kernel driver",
    value: ({ device }) => device.driver,
    cell: ({ device }) => (device.driver ? <code>{device.driver}</code> : <NoData />),
  },
  {
    id: "vm",
    header: "Associated VM",
    value: ({ vms }) => vms[0]?.name ?? null,
    cell: ({ vms }) => (vms.length ? <bdi>{vms.map(({ name }) => name).join(", ")}</bdi> : <NoData />),
  },
];

/** The PCI devices of the node, those that a virtual machine can have first. */
export function PciTab(inventory: Pick<Inventory, "pci" | "links" | "vms">) {
  const rows = pciRows(inventory);
  if (!rows.length) return <EmptyState title={NODE_PAGE.pci.none} />;
  const enabled = rows.filter(({ passthrough }) => passthrough.enabled).length;
  return (
    <>
      <p className="text-sm text-muted">
        {enabled} enabled for passthrough, {rows.length - enabled} blocked
      </p>
      <SortedTable label="PCI Devices" columns={COLUMNS} rows={rows} rowKey={({ device }) => device.slot} />
    </>
  );
}
