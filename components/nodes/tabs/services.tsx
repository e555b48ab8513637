"use client";

import { CircleCheck, CircleDashed, OctagonX } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { NoData } from "@/components/ui/key-values";
import { SortedTable, type SortedColumn } from "@/components/ui/sorted-table";
import type { UsedService } from "@/lib/domain/services";
import { formatBytes, formatDuration } from "@/lib/domain/units";
import { NODE_PAGE } from "@/lib/messages/node";

const STATES: Record<string, { glyph: typeof CircleCheck; tone: "positive" | "danger" }> = {
  active: { glyph: CircleCheck, tone: "positive" },
  failed: { glyph: OctagonX, tone: "danger" },
};

function ServiceState({ state, subState }: Pick<UsedService, "state" | "subState">) {
  const { glyph: Glyph, tone } = STATES[state] ?? { glyph: CircleDashed, tone: "neutral" };
  return (
    <Badge tone={tone} weight={state === "failed" ? "solid" : "quiet"} glyph={<Glyph aria-hidden />}>
      {state === subState ? state : `${state} (${subState})`}
    </Badge>
  );
}

/** Two digits that mean something, from 0.01 % up. */
const percent = (share: number): string => (share < 0.0001 ? "< 0.01 %" : `${Number((share * 100).toPrecision(2))} %`);

const COLUMNS: SortedColumn<UsedService>[] = [
  { id: "service", header: "Service", value: ({ name }) => name, cell: ({ name }) => <bdi className="font-medium">{name}</bdi> },
  { id: "state", header: "State", value: ({ state }) => state, cell: (row) => <ServiceState {...row} /> },
  {
    id: "cpu",
    header: "CPU",
    help: NODE_PAGE.services.cpuNow,
    numeric: true,
    value: ({ cpuNow }) => cpuNow,
    cell: ({ cpuNow }) => (cpuNow === null ? <NoData /> : percent(cpuNow)),
  },
  {
    id: "memory",
    header: "Memory",
    numeric: true,
    value: ({ memoryBytes }) => memoryBytes,
    cell: ({ memoryBytes }) => (memoryBytes === null ? <NoData /> : formatBytes(memoryBytes)),
  },
  {
    id: "cpuTime",
    header: "CPU time",
    help: NODE_PAGE.services.cpuTime,
    numeric: true,
    value: ({ cpuSeconds }) => cpuSeconds,
    cell: ({ cpuSeconds }) => (cpuSeconds === null ? <NoData /> : formatDuration(cpuSeconds * 1000)),
  },
  {
    id: "cpuShare",
    header: "CPU (average since boot)",
    help: NODE_PAGE.services.cpuShare,
    numeric: true,
    value: ({ cpuAverage }) => cpuAverage,
    cell: ({ cpuAverage }) => (cpuAverage === null ? <NoData /> : percent(cpuAverage)),
  },
  {
    id: "restarts",
    header: "Restarts",
    numeric: true,
    value: ({ restarts }) => restarts,
    cell: ({ restarts }) => restarts ?? <NoData />,
  },
];

/** The services of the node with what they use of it. */
export function ServicesTab({ services }: { services: readonly UsedService[] }) {
  if (!services.length) return <EmptyState title={NODE_PAGE.services.none} />;
  return (
    <>
      <SortedTable
        label="Services"
        columns={COLUMNS}
        rows={services}
        rowKey={({ name }) => name}
        first={{ id: "service", direction: "ascending" }}
      />
      <p className="max-w-prose text-sm text-muted">CPU: {NODE_PAGE.services.cpuNow}</p>
      <p className="max-w-prose text-sm text-muted">CPU (average since boot): {NODE_PAGE.services.cpuShare}</p>
    </>
  );
}
