import { describe, expect, it } from "vitest";
import { DEFAULT_HEATMAP } from "@/lib/domain/heatmap-choices";
import { encodeValue, TREND_IDS } from "@/lib/domain/metrics";
import { writeNews } from "@/lib/domain/sample-wire";
import type { NodeStatus } from "@/lib/domain/status";
import type { WallRow } from "@/lib/domain/wall-row";
import type { Clock } from "./clock";
import { WallEngine, type WallMoment } from "./engine";

const START = Date.UTC(2026, 10, 26, 12);
const SECOND = 1000;
const DAY = 24 * 3600 * SECOND;

/** A clock that stands until it is moved. */
class TestClock implements Clock {
  time = START;
  private readonly works = new Set<{ ms: number; next: number; work: () => void }>();
  now = () => this.time;
  random = () => 0.5;
  after = () => () => undefined;
  frame = (work: () => void) => work();
  every = (ms: number, work: () => void) => {
    const one = { ms, next: this.time + ms, work };
    this.works.add(one);
    return () => this.works.delete(one);
  };
  /** As a throttled page lets it pass: what is due several times is done once. */
  leap(ms: number): void {
    this.time += ms;
    for (const one of this.works) {
      one.next = this.time + one.ms;
      one.work();
    }
  }
  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const next = Math.min(...Array.from(this.works, (one) => one.next));
      if (next > end) break;
      this.time = next;
      for (const one of this.works) {
        if (one.next > next) continue;
        one.next += one.ms;
        one.work();
      }
    }
    this.time = end;
  }
}

const idOf = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
const row = (index: number, status: NodeStatus = "Active"): WallRow => ({
  id: idOf(index),
  name: `compute-${index}`,
  status,
  statusSince: new Date(START).toISOString(),
  reason: null,
  vcpus: 1,
  memoryBytes: 1,
  storageBytes: 1,
  tags: [],
  metrics: null,
  readiness: null,
});

function start({ rotate = [] as ("used-cpu" | "used-memory")[] } = {}) {
  const clock = new TestClock();
  const said = { moments: 0, last: null as WallMoment | null, reloads: 0, refusals: [] as string[], visible: true, draws: true };
  const engine = new WallEngine({
    options: { rotate, every: 20 },
    clock,
    onMoment: (moment) => {
      Object.assign(said, { moments: said.moments + 1, last: moment });
      if (said.draws) engine.drawn();
    },
    onRefused: ({ reason }) => void said.refusals.push(reason),
    reload: () => void (said.reloads += 1),
    isVisible: () => said.visible,
  });
  const sample = (count: number) => {
    const at = Math.floor(clock.time / SECOND);
    const codes = Uint16Array.from(TREND_IDS, (id) => encodeValue(id, 0.5));
    const news = Array.from({ length: count }, (_, index) => ({ id: idOf(index), at, last: codes, minute: codes }));
    engine.receive({ type: "samples", samples: Buffer.from(writeNews(news)).toString("base64") });
  };
  engine.receive({ type: "build", build: "a" });
  engine.receive({ type: "beat", at: clock.time });
  engine.receive({ type: "view", region: "west-1", view: DEFAULT_HEATMAP, rows: [row(0), row(1), row(2)] });
  return { clock, engine, said, sample };
}

describe("a wall over time", () => {
  it("draws for two weeks, turns, stays as large as it is, and never reloads", () => {
    const { clock, engine, said, sample } = start({ rotate: ["used-cpu", "used-memory"] });
    const turns = [0, 0];
    for (let passed = 0; passed < 14 * DAY; passed += 10 * SECOND) {
      clock.leap(10 * SECOND);
      sample(3);
      engine.receive({ type: "beat", at: clock.time });
      const turn = said.last?.turn ?? 0;
      turns[turn] = (turns[turn] ?? 0) + 1;
    }
    expect(said).toMatchObject({ reloads: 0, refusals: [], last: { stale: false, rows: { length: 3 } } });
    expect((turns[0] ?? 0) / ((turns[0] ?? 0) + (turns[1] ?? 0))).toBeCloseTo(0.5, 1);
  }, 30_000);

  it("says after a minute without data that they are old, and keeps the picture", () => {
    const { clock, said, sample } = start();
    sample(3);
    clock.pass(59 * SECOND);
    expect(said.last).toMatchObject({ stale: false, age: 59 * SECOND });
    clock.pass(3 * SECOND);
    expect(said.last).toMatchObject({ stale: true, rows: { length: 3 } });
    sample(3);
    expect(said.last).toMatchObject({ stale: false, age: 0 });
  });

  it("tells the age by the server's clock", () => {
    const { clock, engine, said, sample } = start();
    sample(3);
    engine.receive({ type: "beat", at: clock.time + 30 * SECOND });
    clock.pass(SECOND);
    expect(said.last?.age).toBe(31 * SECOND);
  });

  it("stops turning when a node fails, and not for one that had failed before it was first seen", () => {
    const { clock, engine, said } = start({ rotate: ["used-cpu", "used-memory"] });
    clock.pass(10 * SECOND);
    engine.receive({ type: "rows", changed: [row(1, "Failed")], gone: [] });
    clock.pass(119 * SECOND);
    expect(said.last).toMatchObject({ turn: 0, progress: null });
    clock.pass(40 * SECOND);
    expect(said.last?.turn).toBe(1);
    engine.receive({ type: "view", region: "west-1", view: DEFAULT_HEATMAP, rows: [row(0), row(1, "Failed"), row(2)] });
    clock.pass(2 * SECOND);
    expect(said.last?.progress).not.toBeNull();
  });

  it("loads itself anew for a new version when nothing has changed for a minute", () => {
    const { clock, engine, said } = start();
    engine.receive({ type: "rows", changed: [row(1, "Fenced")], gone: [] });
    engine.receive({ type: "build", build: "b" });
    clock.pass(50 * SECOND);
    engine.receive({ type: "beat", at: clock.time });
    expect(said.reloads).toBe(0);
    clock.pass(11 * SECOND);
    expect(said.reloads).toBeGreaterThan(0);
  });

  it("loads itself anew when nothing was drawn for a minute, unless it is hidden", () => {
    const { clock, said } = start();
    said.draws = false;
    said.visible = false;
    clock.pass(120 * SECOND);
    expect(said.reloads).toBe(0);
    said.visible = true;
    clock.pass(2 * SECOND);
    expect(said.reloads).toBeGreaterThan(0);
  });

  it("is over once it was revoked", () => {
    const { clock, engine, said } = start();
    engine.receive({ type: "revoked" });
    const { moments } = said;
    clock.pass(10 * SECOND);
    expect([said.refusals, said.moments]).toEqual([["This link was revoked."], moments]);
  });
});
