/** What a rule would have said: its datapoints over a span of the past, and when it would have been in alarm. Nothing is written. */
import { backtest, type Backtest } from "../../domain/alarms/backtest";
import type { AlarmRule, AlarmScope } from "../../domain/alarms/config";
import { samplesFrom, windowsOf } from "../../domain/alarms/datapoints";
import { seriesFor } from "../../domain/alarms/sources";
import { ALARM_METRICS } from "../../domain/alarms/metrics";
import type { NodeSamples } from "../../domain/alarms/series";
import { beginOf } from "../../domain/levels";
import { NODE_STATUS_IDS, NODE_STATUSES } from "../../domain/status";
import { db } from "../../db";
import { readRegion } from "../region";
import { FINE_SECONDS, SampleBook } from "./book";
import { readFacts } from "./facts";
import { keptFacts, NO_SAMPLES, readStatuses, sourcesOf } from "./measure";
import { MinuteBook } from "./minutes";

export type Preview = {
  /** The node that is shown: of a tag or all nodes one of them; null: the region. */
  node: { id: string; name: string } | null;
  /** Datapoints, each the statistic of the period that ends at start + index * step. Seconds since 1970. */
  start: number;
  step: number;
  values: (number | null)[];
  /** When it would have been in alarm; `backtestWords` of lib/messages/alarms.ts says it in the reader's time zone. */
  tested: Backtest;
  /** Why there is nothing to test it on. */
  noHistory: string | null;
};

const HOUR = 3600;
const POINTS_MAX = 360;

export type PreviewHours = 3 | 24 | 168;

/** null: there is no such node, or none with this tag. */
export async function previewAlarm(rule: AlarmRule, scope: AlarmScope, hours: PreviewHours): Promise<Preview | null> {
  const node = await shownNode(scope);
  if (!node && scope.kind !== "region") return null;
  const region = await readRegion(db);
  const to = beginOf(region.now.getTime() / 1000, 60);
  const from = to - hours * HOUR;
  const since = samplesFrom(rule, from);
  const needed = keptFacts([rule]);
  const [samples, facts, statuses] = await Promise.all([
    node ? readSamples(node.id, since, to) : NO_SAMPLES,
    readFacts(db, needed, new Date(since * 1000)),
    readStatuses(db, rule.metric === "status" && node ? [node.id] : [], since, to),
  ]);
  const { intervalSeconds } = region.settings.sampling;
  const read = { samples: () => samples, intervalSeconds, facts, statuses };
  const series = seriesFor(rule, sourcesOf(node?.id ?? null, read), since, to);
  const step = rule.periodSeconds * Math.ceil((hours * HOUR) / rule.periodSeconds / POINTS_MAX);
  const datapoint = windowsOf(series, rule);
  const count = Math.floor((to - from) / step);
  const start = to - (count - 1) * step;
  const values = Array.from({ length: count }, (_, index) => {
    const value = datapoint(start + index * step);
    return Number.isNaN(value) ? null : value;
  });
  const tested = backtest(series, rule, from, to, "INSUFFICIENT_DATA");
  const { noHistory } = ALARM_METRICS[rule.metric];
  const blank = values.every((value) => value === null);
  return { node, start, step, values, tested, noHistory: blank ? noHistory : null };
}

const JOINED = NODE_STATUS_IDS.filter((status) => NODE_STATUSES[status].joined);

async function shownNode(scope: AlarmScope): Promise<Preview["node"]> {
  if (scope.kind === "region") return null;
  const select = { id: true, name: true } as const;
  if (scope.kind === "node") return db.node.findUnique({ where: { id: scope.nodeId }, select });
  const tagged = scope.kind === "tag" ? { tags: { has: scope.tag } } : {};
  return db.node.findFirst({ where: { status: { in: JOINED }, ...tagged }, select, orderBy: { name: "asc" } });
}

/** Of one node: every sample, or of a longer time the minutes. */
async function readSamples(id: string, since: number, to: number): Promise<NodeSamples & { newest: number | null }> {
  const book = to - since > FINE_SECONDS ? new MinuteBook() : new SampleBook();
  await book.read(new Map([[id, since]]), (_node, error) => {
    throw error;
  });
  return book.of(id);
}
