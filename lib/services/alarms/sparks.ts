import { AlarmRule } from "../../domain/alarms/config";
import { db } from "../../db";
import { previewAlarm } from "./preview";

const HOURS = 3;

/** Of each subject its datapoints, old to new, and the threshold they are held against. */
export type Sparks = Record<string, { values: (number | null)[]; threshold: number }>;

/** One after the other, so that a page of fifty takes one connection and not all of them. */
export async function subjectSparks(ids: readonly string[]): Promise<Sparks> {
  const subjects = await db.alarmSubject.findMany({ where: { id: { in: [...ids] } }, include: { alarm: { select: { rule: true } } } });
  const sparks: Sparks = {};
  for (const { id, nodeId, alarm } of subjects) {
    const rule = AlarmRule.safeParse(alarm.rule).data;
    const preview = rule && (await previewAlarm(rule, nodeId ? { kind: "node", nodeId } : { kind: "region" }, HOURS));
    if (rule && preview) sparks[id] = { values: preview.values, threshold: rule.threshold };
  }
  return sparks;
}
