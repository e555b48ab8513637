"use client";

import { CalendarClock } from "lucide-react";
import Link from "next/link";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import { TimeSpan } from "@/components/ui/time-span";
import { PLAN, taskWords } from "@/lib/messages/plan";
import type { NodeInMaintenance } from "@/lib/services/maintenance/now";
import type { PlanSummary } from "@/lib/services/maintenance/plan/read";
import { NodesInMaintenance } from "./nodes-in-maintenance";
import { PlanBadge } from "./plan-badges";
import { useMaintenanceNews } from "./use-maintenance-news";

type PlansListProps = { now: NodeInMaintenance[]; open: PlanSummary[]; past: PlanSummary[] };

/** What is in maintenance now, and every planned maintenance of the region: what is before us first. */
export function PlansList({ now, open, past }: PlansListProps) {
  useMaintenanceNews(now);
  if (!now.length && !open.length && !past.length)
    return (
      <EmptyState glyph={<CalendarClock aria-hidden />} title={PLAN.none}>
        {PLAN.noneHelp}
      </EmptyState>
    );
  return (
    <div className="grid max-w-[120rem] gap-6">
      {now.length > 0 && <NodesInMaintenance nodes={now} />}
      <Plans title={PLAN.groups.open} plans={open} none={PLAN.none} />
      <Plans title={PLAN.groups.past} plans={past} none={PLAN.nonePast} />
    </div>
  );
}

const { columns } = PLAN;

function Plans({ title, plans, none }: { title: string; plans: PlanSummary[]; none: string }) {
  return (
    <div className="grid gap-2">
      <h2 className="text-lg font-semibold">{title}</h2>
      {plans.length === 0 ? (
        <p className="text-muted">{none}</p>
      ) : (
        <TableFrame label={title}>
          <Table>
            <thead>
              <tr>
                <Th>{columns.name}</Th>
                <Th>{columns.state}</Th>
                <Th>{columns.nodes}</Th>
                <Th>{columns.window}</Th>
                <Th>{columns.by}</Th>
              </tr>
            </thead>
            <tbody>
              {plans.map((plan) => (
                <PlanLine key={plan.id} plan={plan} />
              ))}
            </tbody>
          </Table>
        </TableFrame>
      )}
    </div>
  );
}

function PlanLine({ plan }: { plan: PlanSummary }) {
  const done = plan.nodes.filter(({ state }) => state === "done").length;
  return (
    <Tr>
      <Td>
        <Link href={`/maintenance/${plan.id}`} className="link font-medium">
          {plan.name}
        </Link>
        <span className="block text-sm text-muted">{taskWords(plan)}</span>
      </Td>
      <Td>
        <PlanBadge state={plan.state} />
        {plan.state === "stopped" && plan.stateReason && (
          <span className="mt-0.5 line-clamp-2 w-80 text-sm whitespace-normal text-muted" title={plan.stateReason.reason}>
            {plan.stateReason.reason}
          </span>
        )}
      </Td>
      <Td>
        {PLAN.nodesOf(done, plan.nodes.length)}
        <span className="block max-w-64 truncate text-sm text-muted">{plan.nodes.map(({ name }) => name).join(", ")}</span>
      </Td>
      <Td>
        <TimeSpan from={plan.windowFrom} to={plan.windowTo} noEnd={PLAN.noEnd} />
      </Td>
      <Td>{plan.actorName}</Td>
    </Tr>
  );
}
