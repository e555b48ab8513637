import { expect, it } from "vitest";
import { drainProgress, type DrainFacts } from "./drain-progress";

const GIB = 2 ** 30;
const NOW = Date.parse("2026-11-26T12:01:00Z");
const line = (state: DrainFacts["state"], gib: number, more: Partial<DrainFacts> = {}): DrainFacts => ({
  state,
  memoryBytes: gib * GIB,
  movedBytes: null,
  totalBytes: null,
  startedAt: state === "waiting" ? null : "2026-11-26T12:00:00Z",
  ...more,
});

it("counts what has moved, and tells the rest by the speed so far", () => {
  const lines = [line("moved", 8), line("moving", 8, { movedBytes: 2 * GIB, totalBytes: 4 * GIB }), line("waiting", 12)];
  // 12 of 28 GiB in a minute: 16 more take 80 s.
  expect(drainProgress(lines, NOW)).toEqual({
    count: 3,
    over: 1,
    moved: 1,
    failed: 0,
    movedBytes: 12 * GIB,
    totalBytes: 28 * GIB,
    leftMs: 80_000,
  });
});

it("does not wait for what could not be moved, was shut down or has gone", () => {
  const lines = [line("failed", 8), line("gone", 4), line("stopped", 4), line("moved", 6), line("moving", 6)];
  expect(drainProgress(lines, NOW)).toMatchObject({ count: 5, over: 4, failed: 1, totalBytes: 20 * GIB, leftMs: 60_000 });
});

it("tells no time before there is a speed, nor when nothing moves", () => {
  expect(drainProgress([], NOW)).toMatchObject({ count: 0, leftMs: null });
  expect(drainProgress([line("waiting", 8)], NOW).leftMs).toBeNull();
  expect(drainProgress([line("moving", 8)], NOW).leftMs).toBeNull();
  const early = line("moving", 8, { movedBytes: 1, totalBytes: 2, startedAt: "2026-11-26T12:00:58Z" });
  expect(drainProgress([early], NOW).leftMs).toBeNull();
  expect(drainProgress([line("moved", 8), line("failed", 8)], NOW).leftMs).toBeNull();
});

it("never takes more than all for moved", () => {
  const lines = [line("moving", 8, { movedBytes: 9 * GIB, totalBytes: 8 * GIB })];
  expect(drainProgress(lines, NOW)).toMatchObject({ movedBytes: 8 * GIB, leftMs: 0 });
});
