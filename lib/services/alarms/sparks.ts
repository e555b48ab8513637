import { AlarmRule } from "../../domain/alarms/config";
import { beginOf } from "../../domain/levels";
import { db } from "../../db";
import { reportFault } from "../../log";
import { readRegion } from "../region";
import type { OnDamage } from "./minutes";
import { datapointsOf, readPast } from "./past";

const SECONDS = 3 * 3600;

/** Of each subject its datapoints, old to new, and the threshold they are held against. */
export type Sparks = Record<string, { values: (number | null)[]; threshold: number }>;

/** All of them together: a page of fifty asks as often as one of one. */
export async function subjectSparks(ids: readonly string[]): Promise<Sparks> {
  const subjects = await db.alarmSubject.findMany({ where: { id: { in: [...ids] } }, include: { alarm: { select: { rule: true } } } });
  const asked = subjects.flatMap(({ id, nodeId, alarm }) => {
    const rule = AlarmRule.safeParse(alarm.rule).data;
    return rule ? [{ id, nodeId, rule }] : [];
  });
  const region = await readRegion(db);
  const to = beginOf(region.now.getTime() / 1000, 60);
  const from = to - SECONDS;
  const { intervalSeconds } = region.settings.sampling;
  // A line without points stands for what can not be read; the round says so at the subject.
  const onDamage: OnDamage = (nodeId, error) => void reportFault(error, { nodeId });
  const series = await readPast(asked, { intervalSeconds, from, to, onDamage });
  return Object.fromEntries(
    asked.map((one) => [one.id, { values: datapointsOf(series(one), one.rule, from, to).values, threshold: one.rule.threshold }]),
  );
}
