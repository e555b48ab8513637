"use client";

import Link from "next/link";
import { usePageNews } from "@/components/shell/use-page-news";
import { openDrawer } from "@/components/shell/drawer-address";
import { StatusBadge } from "@/components/nodes/status-badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { KeyValues, NoData } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import { TimeSpan } from "@/components/ui/time-span";
import { isPhase } from "@/lib/domain/maintenance-plan";
import { formatDuration } from "@/lib/domain/units";
import { PLAN, PLAN_PAGE, taskWords } from "@/lib/messages/plan";
import type { PlanDetail, PlanNodeView } from "@/lib/services/maintenance/plan/read";
import { PlanNodeBadge } from "./plan-badges";

/** One planned maintenance, from the plan to how it ended, kept true by the stream. */
export function PlanPage({ plan }: { plan: PlanDetail }) {
  const ids = new Set(plan.nodes.map(({ nodeId }) => nodeId));
  usePageNews(({ plans, nodes, operations }) =>
    plans.includes(plan.id) || nodes.some(({ id }) => ids.has(id)) || operations.some(({ nodeId }) => nodeId !== null && ids.has(nodeId))); // prettier-ignore
  return (
    <div className="grid max-w-6xl gap-5">
      {plan.state === "stopped" && plan.stateReason && (
        <Callout kind="warning" role="status" title={plan.stateReason.reason}>
          {plan.stateReason.hint}
        </Callout>
      )}
      <KeyValues
        items={[
          { label: PLAN_PAGE.doneWith, value: taskWords(plan) },
          { label: PLAN_PAGE.window, value: <TimeSpan from={plan.windowFrom} to={plan.windowTo} noEnd={PLAN.noEnd} /> },
          ...(plan.reason ? [{ label: PLAN_PAGE.reason, value: plan.reason }] : []),
          { label: PLAN_PAGE.by, value: plan.actorName },
          ...(plan.startedAt ? [{ label: PLAN_PAGE.begun, value: <RelativeTime value={plan.startedAt} /> }] : []),
          ...(plan.endedAt ? [{ label: PLAN_PAGE.ended, value: <RelativeTime value={plan.endedAt} /> }] : []),
        ]}
      />
      <PlanNodes nodes={plan.nodes} />
    </div>
  );
}

const columns = PLAN.nodeColumns;

function PlanNodes({ nodes }: { nodes: PlanNodeView[] }) {
  return (
    <TableFrame label={PLAN_PAGE.nodes}>
      <Table>
        <thead>
          <tr>
            <Th numeric>{columns.position}</Th>
            <Th>{columns.node}</Th>
            <Th>{columns.state}</Th>
            <Th>{columns.status}</Th>
            <Th>{columns.took}</Th>
            <Th>
              <span className="sr-only">{PLAN_PAGE.steps}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <Tr key={node.nodeId} aria-current={isPhase(node.state) ? "step" : undefined}>
              <Td numeric>{node.position + 1}</Td>
              <Td>
                <Link href={`/nodes/${node.nodeId}/overview`} className="link">
                  {node.nodeName}
                </Link>
              </Td>
              <Td>
                <PlanNodeBadge state={node.state} />
                <Detail node={node} />
              </Td>
              <Td>{node.status ? <StatusBadge status={node.status} /> : <NoData />}</Td>
              <Td>
                <Took node={node} />
              </Td>
              <Td>
                <Steps node={node} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

/** What it is at, or why it went no further. */
function Detail({ node }: { node: PlanNodeView }) {
  const { operation, refusal, refusedAt, state } = node;
  const running = operation?.steps.find((step) => step.state === "running");
  const words = refusal
    ? [refusal.reason, refusedAt ? PLAN_PAGE.again : refusal.hint].filter(Boolean).join(" ")
    : isPhase(state) && running
      ? [running.label, running.detail].filter(Boolean).join(": ")
      : null;
  return words && <span className="mt-1 block max-w-2xl text-sm whitespace-normal text-muted">{words}</span>;
}

/** The way to every step of what was done last. */
function Steps({ node: { operation, nodeName } }: { node: PlanNodeView }) {
  if (!operation) return null;
  return (
    <Button size="small" aria-label={`${PLAN_PAGE.steps} of ${operation.label}, ${nodeName}`} onClick={() => openDrawer(operation.id)}>
      {PLAN_PAGE.steps}
    </Button>
  );
}

function Took({ node: { startedAt, endedAt } }: { node: PlanNodeView }) {
  if (!startedAt) return <NoData />;
  if (endedAt) return formatDuration(Date.parse(endedAt) - Date.parse(startedAt));
  return (
    <span className="text-muted">
      {PLAN_PAGE.begun} <RelativeTime value={startedAt} />
    </span>
  );
}
