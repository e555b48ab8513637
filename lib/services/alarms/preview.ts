/** What a rule would have said: its datapoints over a span of the past, and when it would have been in alarm. Nothing is written. */
import { backtest, type Backtest } from "../../domain/alarms/backtest";
import type { AlarmRule, AlarmScope } from "../../domain/alarms/config";
import { ALARM_METRICS } from "../../domain/alarms/metrics";
import { beginOf } from "../../domain/levels";
import { NODE_STATUS_IDS, NODE_STATUSES } from "../../domain/status";
import { db } from "../../db";
import { readRegion } from "../region";
import type { OnDamage } from "./minutes";
import { datapointsOf, readPast, type Datapoints } from "./past";

/** Seconds since 1970. */
export type Preview = Datapoints & {
  /** The node that is shown: of a tag or all nodes one of them; null: the region. */
  node: { id: string; name: string } | null;
  /** When it would have been in alarm; `backtestWords` of lib/messages/alarms.ts says it in the reader's time zone. */
  tested: Backtest;
  /** Why there is nothing to test it on. */
  noHistory: string | null;
};

const HOUR = 3600;

export type PreviewHours = 3 | 24 | 168;

/** null: there is no such node, or none with this tag. */
export async function previewAlarm(rule: AlarmRule, scope: AlarmScope, hours: PreviewHours): Promise<Preview | null> {
  const node = await shownNode(scope);
  if (!node && scope.kind !== "region") return null;
  const region = await readRegion(db);
  const to = beginOf(region.now.getTime() / 1000, 60);
  const from = to - hours * HOUR;
  const asked = { nodeId: node?.id ?? null, rule };
  const { intervalSeconds } = region.settings.sampling;
  const series = (await readPast([asked], { intervalSeconds, from, to, onDamage: fail }))(asked);
  const datapoints = datapointsOf(series, rule, from, to);
  const tested = backtest(series, rule, from, to, "INSUFFICIENT_DATA");
  const { noHistory } = ALARM_METRICS[rule.metric];
  const blank = datapoints.values.every((value) => value === null);
  return { ...datapoints, node, tested, noHistory: blank ? noHistory : null };
}

const fail: OnDamage = (_nodeId, error) => {
  throw error;
};

const JOINED = NODE_STATUS_IDS.filter((status) => NODE_STATUSES[status].joined);

async function shownNode(scope: AlarmScope): Promise<Preview["node"]> {
  if (scope.kind === "region") return null;
  const select = { id: true, name: true } as const;
  if (scope.kind === "node") return db.node.findUnique({ where: { id: scope.nodeId }, select });
  if (scope.kind === "all") return db.node.findFirst({ where: { status: { in: JOINED } }, select, orderBy: { name: "asc" } });
  const [tagged] = await db.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM node WHERE status::text = ANY(${JOINED}) AND EXISTS (SELECT 1 FROM unnest(tags) AS t WHERE lower(t) = lower(${scope.tag}))
    ORDER BY name LIMIT 1`;
  return tagged ?? null;
}
