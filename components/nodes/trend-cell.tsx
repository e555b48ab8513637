"use client";

import { createContext, useContext } from "react";
import { Sparkline } from "@/components/charts/sparkline";
import { NoData } from "@/components/ui/key-values";
import { useAbsoluteTime } from "@/components/ui/time-zone";
import type { TrendId } from "@/lib/domain/metrics";
import { formatBytes, formatPercent, formatRate } from "@/lib/domain/units";
import { COLUMNS, TREND } from "@/lib/messages/list";
import type { NodeRow } from "@/lib/services/nodes/read";
import type { NetworkTops } from "./network-scale";

export const NetworkScale = createContext<NetworkTops>({ networkRx: 1, networkTx: 1 });

/** The nodes whose last sample is older than it may be. */
export const StaleNodes = createContext<ReadonlySet<string>>(new Set());

const SHOW = { cpu: formatPercent, memory: formatPercent, networkRx: formatRate, networkTx: formatRate } as const satisfies Record<
  TrendId,
  (value: number) => string
>;

/** All of a share. */
const FULL = { cpu: 1, memory: 1 } as const;

type TrendProps = { node: NodeRow; id: TrendId };

/**
 * The value now, and how it came there in the last hour. Memory shows what is installed, and its line how much of it is used. A value
 * that is old stays, and is marked as old.
 */
export function TrendCell(props: TrendProps) {
  const stale = useContext(StaleNodes).has(props.node.id);
  return stale ? <OldTrend {...props} /> : <ShownTrend {...props} age={null} />;
}

/** Apart, because what it asks for would be asked by every cell of the list. */
function OldTrend(props: TrendProps) {
  const absolute = useAbsoluteTime();
  const { metrics, silence } = props.node;
  return <ShownTrend {...props} age={metrics && TREND.stale(absolute(new Date(metrics.sampledAt)), silence?.reason)} />;
}

function ShownTrend({ node: { metrics, memoryBytes }, id, age }: TrendProps & { age: string | null }) {
  const tops: Record<TrendId, number> = { ...FULL, ...useContext(NetworkScale) };
  const installed = id === "memory" && memoryBytes !== null ? formatBytes(memoryBytes) : null;
  const measured = metrics?.[id];
  if (!measured) return installed ?? <NoData />;
  const show = SHOW[id];
  const now = measured.last === null ? null : show(measured.last);
  const known = measured.points.filter((point) => point !== null);
  const range = known.length ? TREND.range(show(Math.min(...known)), show(Math.max(...known))) : "";
  return (
    <span className={age ? "trend stale" : "trend"} title={age ?? undefined}>
      <span>{installed ?? now ?? <NoData />}</span>
      <Sparkline
        points={measured.points}
        max={tops[id]}
        label={`${COLUMNS[id].header} ${now ?? TREND.noData}${range}${age ? `. ${age}` : ""}`}
      />
    </span>
  );
}
