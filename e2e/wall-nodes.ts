/** A region of any size, as a wall is told of it. */
import type { Isolation } from "@/lib/domain/fencing";
import { DEFAULT_HEATMAP, type HeatmapAddress } from "@/lib/domain/heatmap-choices";
import { encodeValue, TREND_IDS } from "@/lib/domain/metrics";
import { writeNews } from "@/lib/domain/sample-wire";
import type { NodeStatus } from "@/lib/domain/status";
import type { WallRow } from "@/lib/domain/wall-row";
import type { WallMessage } from "@/lib/domain/wall-wire";

const GIB = 2 ** 30;

/** Always the same for the same number: a screenshot compares. */
const share = (index: number): number => ((index * 7919) % 101) / 101;

export function wallNodes(count: number, statuses: Readonly<Record<number, NodeStatus>> = {}, racks = 4): WallRow[] {
  const now = new Date().toISOString();
  return Array.from({ length: count }, (_, index) => {
    const status = statuses[index] ?? "Active";
    const last = (value: number) => ({ last: status === "Active" ? value : null });
    return {
      id: `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`,
      name: `compute-${String(index + 1).padStart(2, "0")}`,
      status,
      statusSince: new Date(Date.now() - 240_000 * (index + 1)).toISOString(),
      reason: status === "Failed" ? "Disk sdc: I/O error" : status === "Fenced" ? "Lost quorum" : null,
      vcpus: 128,
      memoryBytes: 512 * GIB,
      storageBytes: 8e12,
      tags: [`rack-${String.fromCharCode(65 + (index % racks))}`],
      metrics: {
        cpu: last(share(index)),
        memory: last(share(index + 31)),
        networkRx: last(share(index) * 1e10),
        networkTx: last(share(index + 5) * 1e10),
        sampledAt: now,
      },
      readiness: null,
    };
  });
}

export const wallView = (rows: WallRow[], view: Partial<HeatmapAddress> = {}, isolation: Isolation | null = null): WallMessage => ({
  type: "view",
  region: "west-1",
  isolation,
  view: { ...DEFAULT_HEATMAP, group: "tag:rack-", ...view },
  rows,
});

/** What was measured of them at a moment, seconds since 1970. */
export function wallSamples(rows: readonly WallRow[], at: number, turn: number): WallMessage {
  const codesOf = (index: number) => Uint16Array.from(TREND_IDS, (id) => encodeValue(id, share(index + turn)));
  const news = rows.map(({ id }, index) => ({ id, at, last: codesOf(index), minute: codesOf(index) }));
  return { type: "samples", samples: Buffer.from(writeNews(news)).toString("base64") };
}
