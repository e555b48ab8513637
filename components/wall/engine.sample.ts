/** A wall of three nodes whose time a test lets pass. */
import { DEFAULT_HEATMAP, type ColorId } from "@/lib/domain/heatmap-choices";
import { encodeValue, TREND_IDS } from "@/lib/domain/metrics";
import { writeNews } from "@/lib/domain/sample-wire";
import type { NodeStatus } from "@/lib/domain/status";
import type { WallRow } from "@/lib/domain/wall-row";
import type { Night } from "@/lib/domain/wall-time";
import type { Clock } from "./clock";
import { WallEngine, type WallMoment } from "./engine";

const START = Date.UTC(2026, 10, 26, 12);
export const SECOND = 1000;
export const DAY = 24 * 3600 * SECOND;

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
export const row = (index: number, status: NodeStatus = "Active"): WallRow => ({
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

type Start = { hears?: string; rotate?: ColorId[]; night?: Night | null; rows?: WallRow[] };

export function startWall({ hears = "a", rotate = [], night = null, rows = [row(0), row(1), row(2)] }: Start = {}) {
  const clock = new TestClock();
  const said = {
    moments: 0,
    last: null as WallMoment | null,
    reloads: 0,
    refusals: [] as (string | null)[],
    failures: 0,
    visible: true,
    draws: true,
  };
  const engine = new WallEngine({
    options: { rotate, every: 20, night },
    build: "a",
    clock,
    minuteAt: (now) => Math.floor((now % DAY) / (60 * SECOND)),
    onMoment: (moment) => {
      Object.assign(said, { moments: said.moments + 1, last: moment });
      if (said.draws) engine.drawn();
    },
    onRefused: (refusal) => void said.refusals.push(refusal?.reason ?? null),
    onFailure: () => void (said.failures += 1),
    reload: () => void (said.reloads += 1),
    isVisible: () => said.visible,
  });
  const sample = (count: number) => {
    const at = Math.floor(clock.time / SECOND);
    const codes = Uint16Array.from(TREND_IDS, (id) => encodeValue(id, 0.5));
    const news = Array.from({ length: count }, (_, index) => ({ id: idOf(index), at, last: codes, minute: codes }));
    engine.receive({ type: "samples", samples: Buffer.from(writeNews(news)).toString("base64") });
  };
  engine.receive({ type: "build", build: hears });
  engine.receive({ type: "beat", at: clock.time });
  const show = (shown: WallRow[]) =>
    engine.receive({ type: "view", region: "west-1", view: DEFAULT_HEATMAP, isolation: null, rows: shown });
  show(rows);
  return { clock, engine, said, sample, show };
}
