/** The same rows for every table: 60 points of four trends each, made from the row's number, so that every run has them. */
import { withMetrics } from "@/components/nodes/use-live-nodes";
import type { Trend } from "@/lib/domain/trends";
import type { NodeRow } from "@/lib/services/nodes/read";

export const SAMPLED_AT = "2026-11-25T12:00:00.000Z";
const POINTS = 60;
const GIB = 2 ** 30;
const STATUSES = ["Active", "Active", "Active", "Active", "Failed", "InMaintenance", "Candidate"] as const;

/** From 0 to 1, as unlike chance as it looks: the same for the same numbers. */
const noise = (seed: number): number => {
  const value = Math.sin(seed * 12.9898) * 43_758.5453;
  return value - Math.floor(value);
};

const trend = (seed: number, scale: number): Trend => {
  const points = Array.from({ length: POINTS }, (_, at) => noise(seed * 61 + at) * scale);
  return { last: points[POINTS - 1] ?? 0, points };
};

const metricsOf = (index: number, round: number) => ({
  cpu: trend(index + round * 7, 1),
  memory: trend(index + round * 11 + 1, 1),
  networkRx: trend(index + round * 13 + 2, 2e10),
  networkTx: trend(index + round * 17 + 3, 2e10),
  sampledAt: SAMPLED_AT,
});

export function makeRows(count: number): NodeRow[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    name: `compute-${["west", "east", "north"][index % 3]}-${index + 1}`,
    description: "",
    ip: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
    role: "Worker",
    status: STATUSES[index % STATUSES.length] ?? "Active",
    statusSince: "2026-11-20T12:00:00.000Z",
    statusReason: null,
    reasonIsPersonal: false,
    deadlineAt: null,
    version: 1,
    candidate: index % STATUSES.length === 6,
    vcpus: [64, 96, 128][index % 3] ?? 64,
    memoryBytes: [256, 512, 768, 1024][index % 4]! * GIB, // four are there
    vmMemoryTotalBytes: Math.round(noise(index) * 200) * GIB,
    vmMemoryAvailableBytes: Math.round(noise(index + 0.5) * 200) * GIB,
    storageBytes: Math.round(noise(index + 0.25) * 16) * 1e12,
    bootedAt: new Date(Date.UTC(2026, 5, 1) + index * 3_600_000).toISOString(),
    inspectedAt: "2026-11-25T12:00:00.000Z",
    verdict: null,
    hostKeyChanged: false,
    tags: [`rack-${"ABCD"[index % 4]}`],
    macs: [],
    metrics: metricsOf(index, 0),
    silence: null,
    hasBmc: false,
    note: null,
    operation: null,
  }));
}

/** A tenth of the rows with fresh readings: the others are the same objects. */
export const tickRows = (rows: readonly NodeRow[], round: number): NodeRow[] =>
  rows.flatMap((row, index) => (index % 10 === round % 10 ? [{ ...row, metrics: metricsOf(index, round) }] : []));

/** The rows as the list has them after such a tick, for sides that are given whole lists. */
export const measuredAnew = (rows: NodeRow[], changed: readonly NodeRow[]): NodeRow[] =>
  withMetrics(rows, new Map(changed.map(({ id, metrics }) => [id, metrics!]))); // every row here was measured
