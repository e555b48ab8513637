import Link from "next/link";
import type { ReactNode } from "react";
import { CopyText } from "@/components/ui/copy-text";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { NODE_ROLES } from "@/lib/domain/roles";
import { NODE_STATUSES } from "@/lib/domain/status";
import { formatBytes, formatDisk } from "@/lib/domain/units";
import { seenAt } from "@/lib/domain/row-facts";
import { COLUMNS } from "@/lib/messages/list";
import { HEARTBEAT, NODE_PAGE } from "@/lib/messages/node";
import type { InspectionChanges } from "@/lib/services/events/history";
import type { FencingView } from "@/lib/services/fencing/read";
import type { NodeDetail } from "@/lib/services/nodes/read";
import type { OperationView } from "@/lib/services/operations/read";
import { OperationLadder, rungsOf } from "../operation-ladder";
import { Heartbeat } from "../heartbeat";
import { Section } from "../section";
import { Uptime } from "../uptime";
import { Fencing } from "./fencing";
import { Machine, Partitions } from "./machine";
import { Requirements } from "./requirements";

type OverviewProps = {
  node: NodeDetail;
  latest: OperationView | null;
  inspection: InspectionChanges | null;
  fencing: FencingView | null;
  /** What watches the node, of a feature that this one does not know. */
  alarms: ReactNode;
  now: Date;
};

const NEW_MS = 24 * 60 * 60_000;

/** What the node is, in the order an administrator asks: what is it, what runs, what does it lack, what changed. */
export function Overview({ node, latest, inspection, fencing, alarms, now }: OverviewProps) {
  const { inventory, verdict } = node;
  const shown = latest && (latest.status === "running" || latest.status === "pending" || latest.status === "failed") ? latest : null;
  return (
    <div className="grid items-start gap-x-12 gap-y-6 lg:grid-cols-2">
      <div className="grid gap-6">
        {shown && (
          <Section title={`${shown.label}, by ${shown.actorName}`}>
            <OperationLadder label={shown.label} rungs={rungsOf(shown)} />
          </Section>
        )}
        {verdict && !verdict.adequate && <Requirements verdict={verdict} />}
        <Section title="Node">
          <KeyValues items={nodeFacts(node, now)} />
        </Section>
        {fencing && NODE_STATUSES[node.status].joined && !calls(fencing) && <Fencing fencing={fencing} />}
      </div>
      <div className="grid gap-6">
        {fencing && calls(fencing) && <Fencing fencing={fencing} />}
        {alarms}
        {inventory && <Changes inspection={inspection} />}
        {inventory && <Partitions partitions={inventory.partitions} asOf={node.surveyedAt ?? node.inspectedAt} />}
        {inventory ? <Machine inventory={inventory} /> : <p className="text-muted">{NODE_PAGE.notInspected.why}</p>}
      </div>
    </div>
  );
}

/** What was fenced, or may be, stands at the top; a BMC that is only there, below what the node is. */
const calls = ({ fence, pending, checks }: FencingView): boolean => fence !== null || pending !== null || checks.length > 0;

const bytes = (value: number | null): string | null => (value === null ? null : formatBytes(value));

const nodeFacts = (node: NodeDetail, now: Date): KeyValue[] => {
  const { label, description } = NODE_STATUSES[node.status];
  return [
    { label: "Name", value: <bdi>{node.name}</bdi> },
    { label: "Description", value: node.description ? <bdi>{node.description}</bdi> : null },
    {
      label: "Status",
      value: (
        <>
          {label}. <span className="text-muted">{description}</span>
        </>
      ),
    },
    { label: "IP address", value: <code>{node.ip}</code> },
    { label: "Node Type", value: `${NODE_ROLES[node.role].label}: ${NODE_ROLES[node.role].description}` },
    { label: COLUMNS.uptime.header, value: node.bootedAt && <Uptime since={node.bootedAt} seenAt={seenAt(node)} /> },
    { label: COLUMNS.memory.header, value: bytes(node.memoryBytes) },
    { label: COLUMNS.vmMemoryTotal.header, value: bytes(node.vmMemoryTotalBytes) },
    { label: COLUMNS.vmMemoryAvailable.header, value: bytes(node.vmMemoryAvailableBytes) },
    { label: "Disk capacity", value: node.storageBytes === null ? null : formatDisk(node.storageBytes) },
    { label: HEARTBEAT.label, value: node.metrics && <Heartbeat node={node} sampledAt={node.metrics.sampledAt} drawnAt={now.getTime()} /> },
    { label: "Joined", value: node.joinedAt && <Joined id={node.id} at={node.joinedAt} now={now} /> },
    { label: "Inspected", value: node.inspectedAt && <RelativeTime value={node.inspectedAt} /> },
    { label: "Converged MACs", value: <code>{node.convergedMacs.join(", ")}</code> },
    { label: "Host key", value: <CopyText name="host key fingerprint" text={`${node.hostKey.type} ${node.hostKey.sha256}`} /> },
  ];
};

/** What the mission advises stands where a node that joined lately is looked at. */
function Joined({ id, at, now }: { id: string; at: string; now: Date }) {
  const isNew = now.getTime() - Date.parse(at) < NEW_MS;
  return (
    <>
      <RelativeTime value={at} />
      {isNew && (
        <>
          .{" "}
          <Link href={`/nodes/${id}/links`} className="link">
            {NODE_PAGE.reviewLinks}
          </Link>
        </>
      )}
    </>
  );
}

function Changes({ inspection }: { inspection: InspectionChanges | null }) {
  const { title, nothing, never } = NODE_PAGE.changes;
  return (
    <Section title={title} aside={inspection && <RelativeTime value={inspection.at} />}>
      {inspection && inspection.changes.length > 0 ? (
        <ul className="grid gap-1">
          {inspection.changes.map((change) => (
            <li key={change} className="wrap-anywhere">
              {change}
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-muted">{inspection ? nothing : never}</p>
      )}
    </Section>
  );
}
