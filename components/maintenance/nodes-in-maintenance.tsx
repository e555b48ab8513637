import Link from "next/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import { NoData } from "@/components/ui/key-values";
import { StatusBadge } from "@/components/nodes/status-badge";
import { PLAN } from "@/lib/messages/plan";
import type { NodeInMaintenance } from "@/lib/services/maintenance/now";

const { nowColumns: columns } = PLAN;

/** The nodes that are in maintenance now, planned or not, the longest first. */
export function NodesInMaintenance({ nodes }: { nodes: readonly NodeInMaintenance[] }) {
  return (
    <div className="grid gap-2">
      <h2 className="text-lg font-semibold">{PLAN.groups.now}</h2>
      <TableFrame label={PLAN.groups.now} className="max-h-[60dvh]">
        <Table>
          <thead>
            <tr>
              <Th>{columns.node}</Th>
              <Th>{columns.status}</Th>
              <Th>{columns.since}</Th>
              <Th>{columns.reason}</Th>
              <Th>{columns.by}</Th>
            </tr>
          </thead>
          <tbody>
            {nodes.map(({ nodeId, name, status, since, statusReason, reason, actorName }) => (
              <Tr key={nodeId}>
                <Td>
                  <Link href={`/nodes/${nodeId}/overview`} prefetch={false} className="link font-medium">
                    <bdi>{name}</bdi>
                  </Link>
                </Td>
                <Td>
                  <StatusBadge status={status} />
                </Td>
                <Td>
                  <RelativeTime value={since} />
                </Td>
                <Td>
                  <Reason text={statusReason || reason} />
                </Td>
                <Td>{actorName ?? <NoData />}</Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </TableFrame>
    </div>
  );
}

function Reason({ text }: { text: string }) {
  if (!text) return <NoData />;
  return (
    <span className="line-clamp-2 max-w-xl whitespace-normal" title={text}>
      {text}
    </span>
  );
}
