import { expect, it } from "vitest";
import type { NodeMetrics, Trend } from "@/lib/domain/trends";
import { networkTops } from "./network-scale";

const trend = (...points: (number | null)[]): Trend => ({ last: points.at(-1) ?? null, points });
const row = (networkRx: Trend, networkTx: Trend): { metrics: NodeMetrics } => ({
  metrics: { cpu: trend(0.5), memory: trend(0.5), networkRx, networkTx, sampledAt: "2026-11-26T00:00:00.000Z" },
});

it("has one scale for each column: what is sent does not flatten what is received", () => {
  const rows = [row(trend(3e6, null, 1e6), trend(2e9)), row(trend(2e6), trend(4e9, 1e9)), { metrics: null }];
  expect(networkTops(rows)).toEqual({ networkRx: 3e6, networkTx: 4e9 });
});

it("is never nothing", () => expect(networkTops([row(trend(null), trend())])).toEqual({ networkRx: 1, networkTx: 1 }));
