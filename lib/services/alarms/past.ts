/** What rules look at of the past, of one node or of many: read together, whatever is asked of it. Seconds since 1970. */
import type { AlarmRule } from "../../domain/alarms/config";
import { samplesFrom, windowsOf } from "../../domain/alarms/datapoints";
import type { SampleSeries } from "../../domain/alarms/series";
import { seriesFor } from "../../domain/alarms/sources";
import { db } from "../../db";
import { FINE_SECONDS, SampleBook } from "./book";
import { readFacts } from "./facts";
import { readGaps } from "./gaps";
import { keptFacts, readStatuses, sourcesOf } from "./measure";
import { MinuteBook, type OnDamage } from "./minutes";

/** `nodeId` null: of the region. */
export type Asked = { nodeId: string | null; rule: AlarmRule };

export type Past = { intervalSeconds: number; from: number; to: number; onDamage: OnDamage };

/** The series of each, from where an evaluation at `from` needs it. */
export async function readPast(
  asked: readonly Asked[],
  { intervalSeconds, from, to, onDamage }: Past,
): Promise<(one: Asked) => SampleSeries> {
  const isLong = ({ rule }: Asked): boolean => to - samplesFrom(rule, from) > FINE_SECONDS;
  /** From when on the samples of each node are needed. */
  const needs = (some: readonly Asked[]): Map<string, number> => {
    const wanted = new Map<string, number>();
    for (const { nodeId, rule } of some)
      if (nodeId !== null) wanted.set(nodeId, Math.min(wanted.get(nodeId) ?? from, samplesFrom(rule, from)));
    return wanted;
  };
  const rules = asked.map(({ rule }) => rule);
  const since = rules.reduce((least, rule) => Math.min(least, samplesFrom(rule, from)), from);
  const facts = keptFacts(rules);
  const ofStatus = asked.flatMap(({ nodeId, rule }) => (nodeId && rule.metric === "status" ? [nodeId] : []));
  const [fine, long, spans, statuses, unwatched] = await Promise.all([
    readBook(new SampleBook(), needs(asked.filter((one) => !isLong(one))), onDamage),
    readBook(new MinuteBook(), needs(asked.filter(isLong)), onDamage),
    readFacts(db, facts, new Date(since * 1000)),
    readStatuses(db, [...new Set(ofStatus)], since, to),
    readGaps(db, since),
  ]);
  return (one) => {
    const book = isLong(one) ? long : fine;
    const sources = sourcesOf(one.nodeId, { samples: (id) => book.of(id), intervalSeconds, facts: spans, statuses, unwatched });
    return seriesFor(one.rule, sources, samplesFrom(one.rule, from), to);
  };
}

async function readBook<Book extends SampleBook | MinuteBook>(
  book: Book,
  wanted: ReadonlyMap<string, number>,
  onDamage: OnDamage,
): Promise<Book> {
  if (wanted.size > 0) await book.read(wanted, onDamage);
  return book;
}

const POINTS_MAX = 360;

/** Each the statistic of the period that ends at start + index * step; so many that a chart can show them. */
export type Datapoints = { start: number; step: number; values: (number | null)[] };

export function datapointsOf(series: SampleSeries, rule: AlarmRule, from: number, to: number): Datapoints {
  const step = rule.periodSeconds * Math.ceil((to - from) / rule.periodSeconds / POINTS_MAX);
  const datapoint = windowsOf(series, rule);
  const count = Math.floor((to - from) / step);
  const start = to - (count - 1) * step;
  const values = Array.from({ length: count }, (_, index) => {
    const value = datapoint(start + index * step);
    return Number.isNaN(value) ? null : value;
  });
  return { start, step, values };
}
