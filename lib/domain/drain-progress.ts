/** How far a drain is, from the lines of its machines: for the sentence and the bar above them. */
import type { VmState } from "./maintenance";

/** Sizes in bytes, times ISO 8601. */
export type DrainFacts = {
  state: VmState;
  memoryBytes: number;
  movedBytes: number | null;
  totalBytes: number | null;
  startedAt: string | null;
};

export type DrainProgress = {
  count: number;
  /** Those that need nothing more. */
  over: number;
  moved: number;
  failed: number;
  movedBytes: number;
  totalBytes: number;
  /** Until the last one has moved, at the speed so far, ms; null until there is a speed, and where nothing moves. */
  leftMs: number | null;
};

const HERE: readonly VmState[] = ["waiting", "moving", "moved", "failed"];
/** Before that, a speed is a guess. */
const SPEED_FROM_MS = 5000;

export function drainProgress(lines: readonly DrainFacts[], now: number): DrainProgress {
  // What was shut down or has gone by itself is nothing that a drain has to move.
  const counted = lines.filter(({ state }) => HERE.includes(state));
  const totalBytes = sum(counted, ({ memoryBytes }) => memoryBytes);
  const movedBytes = sum(counted, bytesMoved);
  const moving = counted.some(({ state }) => state === "moving");
  const starts = counted.flatMap(({ startedAt }) => (startedAt === null ? [] : Date.parse(startedAt)));
  const tookMs = now - Math.min(...starts);
  const wanted = sum(counted, (line) => (line.state === "failed" ? bytesMoved(line) : line.memoryBytes));
  const known = moving && movedBytes > 0 && tookMs >= SPEED_FROM_MS;
  return {
    count: lines.length,
    over: lines.filter(({ state }) => state !== "waiting" && state !== "moving").length,
    moved: counted.filter(({ state }) => state === "moved").length,
    failed: counted.filter(({ state }) => state === "failed").length,
    movedBytes,
    totalBytes,
    leftMs: known ? Math.max(0, ((wanted - movedBytes) / movedBytes) * tookMs) : null,
  };
}

/** 0 to 1 of what has to be sent of one machine; libvirt counts more than its memory when that changes, and the disks with it. */
export const shareMoved = ({ movedBytes, totalBytes }: Pick<DrainFacts, "movedBytes" | "totalBytes">): number =>
  movedBytes === null || !totalBytes ? 0 : Math.min(1, movedBytes / totalBytes);

function bytesMoved(line: DrainFacts): number {
  if (line.state === "moved") return line.memoryBytes;
  return line.state === "moving" ? line.memoryBytes * shareMoved(line) : 0;
}

const sum = <Of>(list: readonly Of[], of: (one: Of) => number): number => list.reduce((total, one) => total + of(one), 0);
