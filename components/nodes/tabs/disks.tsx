"use client";

import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { NoData } from "@/components/ui/key-values";
import { SortedTable, type SortedColumn } from "@/components/ui/sorted-table";
import type { Inventory } from "@/lib/domain/inventory";
import { formatDisk } from "@/lib/domain/units";
import { NODE_PAGE } from "@/lib/messages/node";
import { CircleCheck, CircleQuestionMark, OctagonX } from "lucide-react";

type Disk = Inventory["disks"][number];

const TYPES: Record<Disk["type"], string> = { nvme: "NVMe", ssd: "SSD", hdd: "HDD", virtual: "Virtual" };

function Health({ health }: Pick<Disk, "health">) {
  if (health === null)
    return (
      <Badge tone="neutral" glyph={<CircleQuestionMark aria-hidden />}>
        Unknown
      </Badge>
    );
  return health === "ok" ? (
    <Badge tone="positive" glyph={<CircleCheck aria-hidden />}>
      OK
    </Badge>
  ) : (
    <Badge tone="danger" weight="solid" glyph={<OctagonX aria-hidden />}>
      Failing
    </Badge>
  );
}

/** The failing ones are what is looked for: they come first. */
const URGENCY = { failing: 0, ok: 2 } as const;

const COLUMNS: SortedColumn<Disk>[] = [
  { id: "device", header: "Device", value: ({ name }) => name, cell: ({ name }) => <code>{name}</code> },
  { id: "model", header: "Model", value: ({ model }) => model, cell: ({ model }) => model ?? <NoData /> },
  { id: "serial", header: "Serial", value: ({ serial }) => serial, cell: ({ serial }) => (serial ? <code>{serial}</code> : <NoData />) },
  { id: "size", header: "Size", numeric: true, value: ({ sizeBytes }) => sizeBytes, cell: ({ sizeBytes }) => formatDisk(sizeBytes) },
  { id: "type", header: "Type", value: ({ type }) => TYPES[type], cell: ({ type }) => TYPES[type] },
  {
    id: "health",
    header: "Health",
    help: "What the disk says of itself (SMART), or the kernel of it. Unknown where it could not be read.",
    value: ({ health }) => (health ? URGENCY[health] : 1),
    cell: ({ health }) => <Health health={health} />,
  },
];

/** The physical disks of the node. */
export function DisksTab({ disks }: Pick<Inventory, "disks">) {
  if (!disks.length) return <EmptyState title={NODE_PAGE.disks.none} />;
  return (
    <SortedTable
      label="Disks"
      columns={COLUMNS}
      rows={disks}
      rowKey={({ name }) => name}
      first={{ id: "device", direction: "ascending" }}
    />
  );
}
