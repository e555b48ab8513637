/** Our side of the benchmark, bundled: nodes with packed samples as the store holds them, and a round of all their alarms. */
import { performance } from "node:perf_hooks";
import { FLEET } from "@/lib/demo/fleet";
import { quietSurveys } from "@/lib/demo/health";
import { usageOf } from "@/lib/demo/usage";
import { backtest } from "@/lib/domain/alarms/backtest";
import type { AlarmState } from "@/lib/domain/alarms/choices";
import type { AlarmRule } from "@/lib/domain/alarms/config";
import { samplesFrom } from "@/lib/domain/alarms/datapoints";
import { ALARM_METRICS, type AlarmMetricId } from "@/lib/domain/alarms/metrics";
import { unpackSamples } from "@/lib/domain/alarms/series";
import { evaluateAt, seriesFor, type Sources } from "@/lib/domain/alarms/sources";
import { Kept } from "@/lib/domain/kept";
import { FINEST, LEVELS } from "@/lib/domain/levels";
import { decodeValue, METRIC_IDS, METRICS, type MetricId, type Values } from "@/lib/domain/metrics";
import { readChunk, rollUp, type Chunk } from "@/lib/domain/rollup";

/** What is watched of each node, and at which threshold some of them are in alarm. */
const WATCHED = {
  cpu: 0.3,
  memory: 0.5,
  networkRx: 3e8,
  networkTx: 3e8,
  throughput: 1e9,
  diskBusy: 0.1,
  load: 30,
  freeRoot: 0.3,
  freeLog: 0.3,
  heartbeatAge: 60,
} as const satisfies Partial<Record<AlarmMetricId, number>>;

// The keys of a constant object are exactly its own literal keys.
const RULES = (Object.keys(WATCHED) as (keyof typeof WATCHED)[]).map((metric): AlarmRule => ({
  metric,
  parameter: null,
  ...ALARM_METRICS[metric].defaults,
  threshold: WATCHED[metric],
}));

type Alarm = { rule: AlarmRule; state: AlarmState };
type Node = { chunks: Chunk[]; newest: number; alarms: Alarm[] };
export type Region = Node[];

/** Histories that differ; a larger region has each more than once, in bytes of its own. */
const HISTORIES = 500;
const SERVERS = FLEET.filter(({ vmShare }) => vmShare > 0.3);

/** Samples of a node from one moment to another, in packed chunks. One node in fifty is silent since three minutes before `silentAt`. */
function history(index: number, from: number, to: number, silentAt: number): { chunks: Chunk[]; newest: number } {
  const server = SERVERS[index % SERVERS.length];
  if (!server) throw new Error("The demo region has no busy server.");
  const kept = new Kept(String(index));
  const chunks: Chunk[] = [];
  const last = index % 50 === 7 ? Math.min(to, silentAt - 180) : to;
  const surveyed = quietSurveys(server);
  for (let slot = from; slot < last; slot += FINEST.step) {
    const values: Values = { ...usageOf(server, slot + index), ...surveyed(slot - (slot % 60)) };
    const finished = kept.add(values, slot, slot);
    if (finished) chunks.push(finished);
  }
  return { chunks: [...chunks, kept.open()], newest: last - FINEST.step };
}

/** So many alarms, `each` on a node. `at` is the last moment at which they are evaluated. */
export function plant(alarms: number, each: number, { from, to, at }: { from: number; to: number; at: number }): Region {
  const nodes = alarms / each;
  const histories = Array.from({ length: Math.min(HISTORIES, nodes) }, (_, index) => history(index, from, to, at));
  return Array.from({ length: nodes }, (_, index) => {
    const { chunks = [], newest = from } = histories[index % histories.length] ?? {};
    return {
      chunks: chunks.map(({ start, data }) => ({ start, data: data.slice() })),
      newest,
      alarms: RULES.slice(0, each).map((rule) => ({ rule, state: "INSUFFICIENT_DATA" as const })),
    };
  });
}

/**
 * One round of all alarms: of each node, unpack what its rules look at, then datapoints, state and reason of each. Where samples come from
 * the database and states go back to it, they do so around this. Times in ms; `cpu` is of the whole process.
 */
export function round(region: Region, at: number): { wall: number; cpu: number; alarms: number; inAlarm: number; changed: number } {
  const [begun, used] = [performance.now(), process.cpuUsage()];
  let [alarms, inAlarm, changed] = [0, 0, 0];
  for (const node of region) {
    const from = Math.min(...node.alarms.map(({ rule }) => samplesFrom(rule, at)));
    const chunks = node.chunks.filter(({ start }) => start < at && start + FINEST.chunk > from);
    const sources: Sources = {
      samples: unpackSamples(chunks, FINEST),
      intervalSeconds: 10,
      newest: Math.min(node.newest, at),
      facts: () => [],
    };
    for (const alarm of node.alarms) {
      const { state, reason } = evaluateAt(at, alarm.rule, alarm.state, sources);
      if (state !== alarm.state && reason) changed += 1;
      alarm.state = state;
      alarms += 1;
      if (state === "ALARM") inAlarm += 1;
    }
  }
  const { user, system } = process.cpuUsage(used);
  return { wall: performance.now() - begun, cpu: (user + system) / 1000, alarms, inAlarm, changed };
}

const DAY = 86_400;
const NOON = 1_795_003_200;

/** A rule over the past of one node: a day of samples, and seven days of minutes. Unpacking included; ms. */
export function pastFigures(): { day: number; week: number } {
  const [, MINUTES] = LEVELS;
  const [begin, end] = [NOON - 8 * DAY, NOON];
  const { chunks } = history(1, begin, end, end);
  const hours = Array.from({ length: (end - begin) / MINUTES.chunk }, (_, hour) => begin + hour * MINUTES.chunk);
  const minutes = hours.flatMap((start) => {
    const within = chunks.filter((chunk) => chunk.start >= start && chunk.start < start + MINUTES.chunk);
    const data = rollUp(within, FINEST, MINUTES, start);
    return data ? [{ start, data }] : [];
  });
  const timed = (rule: AlarmRule, from: number, level: typeof FINEST | typeof MINUTES, kept: Chunk[]): number => {
    const begun = performance.now();
    const needed = samplesFrom(rule, from);
    const samples = unpackSamples(
      kept.filter(({ start }) => start + level.chunk > needed),
      level,
    );
    const series = seriesFor(rule, { samples, intervalSeconds: 10, newest: null, facts: () => [] }, needed, end);
    backtest(series, rule, from, end, "INSUFFICIENT_DATA");
    return performance.now() - begun;
  };
  const [rule] = RULES as [AlarmRule]; // that of CPU
  return {
    day: timed({ ...rule, periodSeconds: 10 }, end - DAY, FINEST, chunks),
    week: timed({ ...rule, statistic: "p95", periodSeconds: 3600 }, end - 7 * DAY, MINUTES, minutes),
  };
}

const sampled = (metric: AlarmMetricId): metric is AlarmMetricId & MetricId => Object.hasOwn(METRICS, metric);

/** The same samples for the other side, by metric: of each node its values with their moments. */
export function* exported(region: Region): Generator<{ id: MetricId; series: Generator<[number, number][]> }> {
  for (const { metric: id } of RULES) if (sampled(id)) yield { id, series: valuesOf(region, id) };
}

function* valuesOf(region: Region, id: MetricId): Generator<[number, number][]> {
  const metric = METRIC_IDS.indexOf(id);
  for (const { chunks } of region)
    yield chunks.flatMap((chunk) => {
      const codes = [...(readChunk(chunk, FINEST)[metric]?.average ?? [])];
      return codes.flatMap((code, point): [number, number][] => {
        const value = decodeValue(id, code);
        return value === null ? [] : [[chunk.start + point * FINEST.step, value]];
      });
    });
}

/** The same rules in PromQL, for one node, as they were `back` seconds ago: the condition of one datapoint, and M out of N of them. */
export function promQl(node: number, back: number): { metric: string; single: string; outOf: string; forSeconds: number }[] {
  return RULES.map(({ metric, statistic, operator, threshold, periodSeconds: period, evaluationPeriods: n, datapointsToAlarm: m }) => {
    const over = `${statistic === "Minimum" ? "min" : "avg"}_over_time`;
    const of = (id: string) => `${over}(${id}{node="${node}"}[${period}s] offset ${back}s)`;
    const sign = operator === "LessThanThreshold" ? "<" : ">";
    if (metric === "heartbeatAge") {
      const age = `time() - ${back} - timestamp(cpu{node="${node}"} offset ${back}s) > ${threshold}`;
      return { metric, single: age, outOf: age, forSeconds: 0 };
    }
    const value = metric === "throughput" ? `(${of("networkRx")} + ${of("networkTx")})` : of(metric);
    return {
      metric,
      single: `${value} ${sign} ${threshold}`,
      outOf: `sum_over_time((${value} ${sign} bool ${threshold})[${n * period}s:${period}s]) >= ${m}`,
      forSeconds: (m - 1) * period,
    };
  });
}
