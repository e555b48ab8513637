import { Callout } from "@/components/ui/callout";
import { RelativeTime } from "@/components/ui/relative-time";
import { KeyValues } from "@/components/ui/key-values";
import { Meter } from "@/components/ui/meter";
import type { Inventory } from "@/lib/domain/inventory";
import { freeShare, partitionRows } from "@/lib/domain/partitions";
import { formatDisk } from "@/lib/domain/units";
import { NODE_PAGE } from "@/lib/messages/node";
import { Section } from "../section";

/** The server as it was found. */
export function Machine({ inventory }: { inventory: Inventory }) {
  const { cpu, os, system, hypervisor, missing } = inventory;
  return (
    <Section title="Machine">
      <KeyValues
        items={[
          { label: "Host name", value: <bdi>{inventory.hostname}</bdi> },
          { label: "System", value: [system.vendor, system.product].filter(Boolean).join(" ") || null },
          { label: "Serial", value: system.serial },
          { label: "System UUID", value: system.uuid && <code>{system.uuid}</code> },
          { label: "CPU", value: cpu.model },
          { label: "vCPUs", value: `${cpu.threads} (${cpu.sockets} sockets, ${cpu.cores} cores)` },
          { label: "Operating system", value: `${os.name}, kernel ${os.kernel}, ${os.architecture}` },
          {
            label: "Hypervisor",
            value: hypervisor.libvirt ? `libvirt ${hypervisor.libvirt}${hypervisor.qemu ? `, QEMU ${hypervisor.qemu}` : ""}` : null,
          },
        ]}
      />
      {missing.length > 0 && (
        <Callout kind="info" title="Some readings are missing">
          <ul>
            {missing.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Callout>
      )}
    </Section>
  );
}

/** How full the file systems are: the four that an administrator watches first, whether they are there or not. `asOf`: when that was so. */
export function Partitions({ partitions, asOf }: Pick<Inventory, "partitions"> & { asOf: string | null }) {
  return (
    <Section title="Partitions" aside={asOf && <RelativeTime value={asOf} />}>
      <ul className="grid gap-3">
        {partitionRows(partitions).map(({ mount, partition }) => (
          <li key={mount}>
            {partition ? (
              <Meter
                label={<code className="min-w-0 wrap-anywhere">{mount}</code>}
                detail={`${formatDisk(partition.availableBytes)} free of ${formatDisk(partition.sizeBytes)}`}
                share={1 - (freeShare(partition) ?? 0)}
              />
            ) : (
              <span className="flex flex-wrap justify-between gap-x-3 text-sm">
                <code>{mount}</code>
                <span className="text-muted">{NODE_PAGE.noPartition}</span>
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
