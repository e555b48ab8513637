"use client";

import { createContext, useContext } from "react";
import { Sparkline } from "@/components/charts/sparkline";
import { NoData } from "@/components/ui/key-values";
import { formatBytes, formatPercent, formatRate } from "@/lib/domain/units";
import type { NodeRow } from "@/lib/services/nodes/read";

/** The top of every network sparkline, bits per second: one scale for all rows, so that rows compare. */
export const NetworkScale = createContext(1);

const TRENDS = {
  cpu: { name: "CPU", show: formatPercent },
  memory: { name: "Memory", show: formatPercent },
  networkRx: { name: "Network Rx", show: formatRate },
  networkTx: { name: "Network Tx", show: formatRate },
} as const;

/** The value now, and how it came there in the last hour. Memory shows what is installed, and its line how much of it is used. */
export function TrendCell({ node, id }: { node: NodeRow; id: keyof typeof TRENDS }) {
  const network = useContext(NetworkScale);
  const measured = node.metrics?.[id];
  const installed = id === "memory" && node.memoryBytes !== null ? formatBytes(node.memoryBytes) : null;
  if (!measured) return installed ?? <NoData />;
  const { name, show } = TRENDS[id];
  const known = measured.points.filter((point) => point !== null);
  const range = known.length ? `, last hour ${show(Math.min(...known))} to ${show(Math.max(...known))}` : "";
  return (
    <span className="trend">
      <span>{installed ?? show(measured.last)}</span>
      <Sparkline
        points={measured.points}
        max={id === "cpu" || id === "memory" ? 1 : network}
        label={`${name} ${show(measured.last)}${range}`}
      />
    </span>
  );
}
