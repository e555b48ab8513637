import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { CopyText } from "@/components/ui/copy-text";
import { KeyValues, NoData } from "@/components/ui/key-values";
import { Meter } from "@/components/ui/meter";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, TableFrame, Td, Th, Tr } from "@/components/ui/table";
import type { Inventory } from "@/lib/domain/inventory";
import { NODE_ROLES } from "@/lib/domain/roles";
import { NODE_STATUSES } from "@/lib/domain/status";
import { formatBytes, formatDisk } from "@/lib/domain/units";
import type { NodeDetail } from "@/lib/services/nodes/read";
import type { OperationView } from "@/lib/services/operations/read";
import { OperationLadder, rungsOf } from "../operation-ladder";
import { Uptime } from "../uptime";

/** What the node is, in the order an administrator asks: is it well, what is it, what does it lack. */
export function Overview({ node, latest }: { node: NodeDetail; latest: OperationView | null }) {
  const { inventory } = node;
  const shown = latest && (latest.status === "running" || latest.status === "pending" || latest.status === "failed") ? latest : null;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <div className="grid gap-6">
        <StatusNotes node={node} />
        {shown && (
          <Section title={`${shown.label}, by ${shown.actorName}`}>
            <OperationLadder label={shown.label} rungs={rungsOf(shown)} />
          </Section>
        )}
        <Section title="Node">
          <KeyValues
            items={[
              { label: "Name", value: <bdi>{node.name}</bdi> },
              { label: "Description", value: node.description || null },
              { label: "Status", value: NODE_STATUSES[node.status].label },
              { label: "IP address", value: <code>{node.ip}</code> },
              { label: "Node Type", value: NODE_ROLES[node.role].label },
              { label: "Uptime", value: node.bootedAt && <Uptime since={node.bootedAt} seenAt={node.inspectedAt} /> },
              { label: "Memory", value: node.memoryBytes && formatBytes(node.memoryBytes) },
              { label: "Disk capacity", value: node.storageBytes && formatDisk(node.storageBytes) },
              { label: "Tags", value: node.tags.length ? node.tags.join(", ") : null },
              { label: "Joined", value: node.joinedAt && <RelativeTime value={node.joinedAt} /> },
              { label: "Inspected", value: node.inspectedAt && <RelativeTime value={node.inspectedAt} /> },
              { label: "Host key", value: <CopyText name="host key fingerprint" text={`${node.hostKey.type} ${node.hostKey.sha256}`} /> },
              { label: "Converged MACs", value: <code>{node.convergedMacs.join(", ")}</code> },
            ]}
          />
        </Section>
      </div>
      <div className="grid gap-6">
        {node.verdict && !node.verdict.adequate && <Requirements verdict={node.verdict} />}
        {inventory ? <Machine inventory={inventory} /> : <p className="text-muted">Hardware discovery is not complete.</p>}
      </div>
    </div>
  );
}

function StatusNotes({ node }: { node: NodeDetail }) {
  const { description, nextSteps } = NODE_STATUSES[node.status];
  return (
    <>
      {node.changedHostKey && (
        <Callout kind="danger" title={`The host key of ${node.ip} changed`}>
          Nothing is sent to it until an Admin compares the new key and trusts it: Actions, Trust new host key.
        </Callout>
      )}
      <Callout
        kind={node.status === "Failed" || node.status === "Fenced" ? "danger" : node.status === "Inadequate" ? "warning" : "info"}
        title={node.statusReason ?? description}
      >
        {nextSteps.length > 0 && (
          <ul>
            {nextSteps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ul>
        )}
        {node.deadlineAt && (
          <>
            Ends in Failed <RelativeTime value={node.deadlineAt} /> unless it is done before.
          </>
        )}
      </Callout>
    </>
  );
}

function Requirements({ verdict }: { verdict: NonNullable<NodeDetail["verdict"]> }) {
  return (
    <Section title="Requirements">
      <TableFrame label="Requirements, with what is there and what is needed">
        <Table>
          <thead>
            <tr>
              <Th>Requirement</Th>
              <Th>Has</Th>
              <Th>Needs</Th>
              <Th>Verdict</Th>
            </tr>
          </thead>
          <tbody>
            {verdict.results
              .toSorted((a, b) => Number(a.ok) - Number(b.ok))
              .map(({ requirement, have, need, ok }) => (
                <Tr key={requirement}>
                  <Td className="whitespace-normal">{requirement}</Td>
                  <Td className="whitespace-normal">{have}</Td>
                  <Td className="whitespace-normal">{need}</Td>
                  <Td>
                    {ok ? (
                      "Met"
                    ) : (
                      <Badge tone="warning" weight="solid">
                        Not met
                      </Badge>
                    )}
                  </Td>
                </Tr>
              ))}
          </tbody>
        </Table>
      </TableFrame>
    </Section>
  );
}

function Machine({ inventory }: { inventory: Inventory }) {
  const { cpu, os, system, hypervisor, partitions, missing } = inventory;
  return (
    <>
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
            { label: "VMs", value: String(inventory.vms.length) },
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
      <Section title="Partitions">
        <ul className="grid gap-2">
          {partitions.map(({ mount, sizeBytes, usedBytes, availableBytes }) => (
            <li key={mount}>
              <Meter
                label={<code>{mount}</code>}
                detail={`${formatDisk(availableBytes)} free of ${formatDisk(sizeBytes)}`}
                share={usedBytes / sizeBytes}
              />
            </li>
          ))}
          {partitions.length === 0 && <NoData />}
        </ul>
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="grid gap-3">
      <h2 className="text-lg font-semibold">{title}</h2>
      {children}
    </section>
  );
}
