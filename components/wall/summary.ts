/** What a wall says in words: counts by group, and which nodes need attention. */
import { BY_SEVERITY } from "@/lib/domain/heatmap-groups";
import { NODE_STATUSES, type StatusGroup } from "@/lib/domain/status";
import { needsAttention } from "@/lib/domain/wall-row";
import type { WallScale } from "@/lib/domain/wall-scale";
import type { WallCell } from "./book";

/** What is dropped first, when not all of them have room, stands last. */
export const COUNTED = [
  "failed",
  "fenced",
  "inadequate",
  "maintenance",
  "active",
  "progress",
  "candidate",
] as const satisfies StatusGroup[];

export function countGroups(rows: readonly WallCell[]): Map<StatusGroup, number> {
  const counts = new Map<StatusGroup, number>();
  for (const { status } of rows) {
    const { group } = NODE_STATUSES[status];
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return counts;
}

/** The worst first, and of the same state the newest. */
export const attentionOf = (rows: readonly WallCell[]): WallCell[] =>
  rows
    .filter(({ status }) => needsAttention(status))
    .sort((a, b) => BY_SEVERITY.indexOf(a.status) - BY_SEVERITY.indexOf(b.status) || (a.statusSince < b.statusSince ? 1 : -1));

/** Entries that are kept on the page, used or not. */
export const MOST_ENTRIES = 8;

/** vh around the entries: the edges, the space between the parts, and what is between two entries. */
const ROOM = { edges: 5, between: 5, gap: 1.6, band: 2.6 };

/** How many entries have room, and whether with their reasons: rather more nodes than more words. */
export function attentionRoom(
  wanted: number,
  { text, name, count, legend }: WallScale,
  { isolated, stale }: { isolated: boolean; stale: boolean },
): { shown: number; reasons: boolean } {
  const head = count + 1.25 * text;
  const bands = (isolated ? 1.2 * text + ROOM.band : 0) + (stale ? 1.2 * name + ROOM.band : 0);
  const left = 100 - ROOM.edges - ROOM.between - head - 1.4 * legend - 1.4 * text - bands;
  const fit = (lines: number, height = left) => Math.floor((height + ROOM.gap) / (1.15 * name + lines * 1.2 * text + ROOM.gap));
  if (wanted <= Math.min(fit(2), MOST_ENTRIES)) return { shown: wanted, reasons: true };
  if (wanted <= Math.min(fit(1), MOST_ENTRIES)) return { shown: wanted, reasons: false };
  // One line says how many there are beyond those.
  return { shown: Math.max(1, Math.min(MOST_ENTRIES, fit(1, left - 1.3 * text))), reasons: false };
}
