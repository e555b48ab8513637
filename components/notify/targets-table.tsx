"use client";

import { Ban, CircleCheck, CircleDashed, EllipsisVertical, OctagonX } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { NoData } from "@/components/ui/key-values";
import { OnAsk } from "@/components/ui/on-ask";
import { onDemand } from "@/components/ui/on-demand";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { TableFrame } from "@/components/ui/table-frame";
import { NOTIFY } from "@/lib/messages/notify";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";
import type { TargetView } from "@/lib/services/notify/read";
import type { TargetAsk } from "./target-menu";

const TargetMenu = onDemand(() => import("./target-menu").then((module) => module.TargetMenu));

const { columns } = NOTIFY_PAGE;

type TargetsTableProps = { targets: readonly TargetView[]; onAsk: (what: TargetAsk, target: TargetView) => void };

export function TargetsTable({ targets, onAsk }: TargetsTableProps) {
  return (
    <TableFrame label={NOTIFY.targets}>
      <Table>
        <thead>
          <tr>
            <Th>{columns.name}</Th>
            <Th>{columns.kind}</Th>
            <Th>{columns.state}</Th>
            <Th>{columns.last}</Th>
            <Th numeric>{columns.alarms}</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {targets.map((target) => (
            <Tr key={target.id}>
              <Td>
                <bdi className="font-medium">{target.name}</bdi>
                {target.address !== target.name && <bdi className="block max-w-96 truncate text-muted">{target.address}</bdi>}
              </Td>
              <Td>
                {NOTIFY.kinds[target.kind]}
                {target.body && <span className="block text-muted">{NOTIFY.bodies[target.body]}</span>}
              </Td>
              <Td className="max-w-96 min-w-52 whitespace-normal!">
                <TargetState target={target} />
              </Td>
              <Td>
                <LastDelivery target={target} />
              </Td>
              <Td numeric>{target.alarms}</Td>
              <Td>
                <OnAsk
                  haspopup="menu"
                  button={
                    <Button variant="ghost" size="icon" aria-label={NOTIFY_PAGE.actionsOf(target.name)}>
                      <EllipsisVertical aria-hidden size={16} />
                    </Button>
                  }
                >
                  {(trigger) => <TargetMenu trigger={trigger} target={target} onAsk={onAsk} />}
                </OnAsk>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

function TargetState({ target: { enabled, failingSince, problem, arrivedAt, waiting } }: { target: TargetView }) {
  if (!enabled)
    return (
      <Badge tone="neutral" glyph={<Ban aria-hidden />}>
        {NOTIFY.off}
      </Badge>
    );
  const more = waiting > 0 && <span className="text-muted">{NOTIFY.waiting(waiting)}</span>;
  if (failingSince)
    return (
      <>
        <Badge tone="danger" weight="solid" glyph={<OctagonX aria-hidden />}>
          {NOTIFY_PAGE.failing}
        </Badge>{" "}
        <RelativeTime value={failingSince} className="text-muted" /> {more}
        <span className="mt-0.5 block">{problem}</span>
      </>
    );
  return arrivedAt ? (
    <>
      <Badge tone="positive" glyph={<CircleCheck aria-hidden />}>
        {NOTIFY.states.sent}
      </Badge>{" "}
      <RelativeTime value={arrivedAt} className="text-muted" /> {more}
    </>
  ) : (
    <>
      <Badge tone="neutral" glyph={<CircleDashed aria-hidden />}>
        {NOTIFY.neverTold}
      </Badge>{" "}
      {more}
    </>
  );
}

function LastDelivery({ target: { deliveries } }: { target: TargetView }) {
  const [last] = deliveries;
  if (!last) return <NoData />;
  return (
    <>
      {NOTIFY.states[last.state]} <RelativeTime value={last.endedAt ?? last.createdAt} className="text-muted" />
      {last.answer && (
        <span className="block max-w-80 truncate text-muted" title={last.answer}>
          {last.answer}
        </span>
      )}
    </>
  );
}
