import { ALARM_STATES, type AlarmState } from "../../domain/alarms/choices";
import type { AlarmForm } from "../../domain/alarms/config";
import { looksBackFurther } from "../../domain/alarms/datapoints";
import { ALARM_METRICS } from "../../domain/alarms/metrics";
import { intervalWords, isTooShort } from "../../domain/alarms/period";
import { NODE_STATUSES } from "../../domain/status";
import type { Tx } from "../../db";
import { ALARM_REFUSALS } from "../../messages/alarm-deeds";
import type { Refusal } from "../../outcome";
import { readRegion } from "../region";

// The keys of a constant object are exactly its own literal keys.
const STATES = Object.keys(ALARM_STATES) as AlarmState[];

/** What the shape of a form can not say: whether name, node and targets are there, and fit. `exceptId` is the alarm that is changed. */
export async function formRefusal(tx: Tx, form: AlarmForm, exceptId?: string): Promise<Refusal | null> {
  const { scope, rule, actions, name } = form;
  const region = ALARM_METRICS[rule.metric].scope === "region";
  if (region !== (scope.kind === "region"))
    return region ? ALARM_REFUSALS.needsRegion(rule.metric) : ALARM_REFUSALS.needsNodes(rule.metric);
  const { sampling, retention } = (await readRegion(tx)).settings;
  if (isTooShort(rule, sampling.intervalSeconds)) return ALARM_REFUSALS.periodShort(intervalWords(sampling.intervalSeconds));
  const same = await tx.alarm.findUnique({ where: { name }, select: { id: true } });
  if (same && same.id !== exceptId) return ALARM_REFUSALS.nameTaken(name);
  if (scope.kind === "node") {
    const node = await tx.node.findUnique({ where: { id: scope.nodeId }, select: { status: true } });
    if (!node) return ALARM_REFUSALS.nodeGone;
    if (!NODE_STATUSES[node.status].joined) return ALARM_REFUSALS.notJoined;
  }
  if (looksBackFurther(rule, retention.minuteDays)) return ALARM_REFUSALS.keptShorter(retention.minuteDays);
  const targets = new Set(STATES.flatMap((state) => actions[state]));
  const known = await tx.notifyTarget.count({ where: { id: { in: [...targets] } } });
  return known === targets.size ? null : ALARM_REFUSALS.targetGone;
}

/** The columns of an alarm, from its form. */
export const columnsOf = ({ name, description, severity, scope, rule, actionsEnabled }: AlarmForm) => ({
  name,
  description,
  severity,
  scope: scope.kind,
  nodeId: scope.kind === "node" ? scope.nodeId : null,
  tag: scope.kind === "tag" ? scope.tag : null,
  rule,
  actionsEnabled,
});

export const actionsOf = ({ actions }: AlarmForm): { state: string; targetId: string }[] =>
  STATES.flatMap((state) => [...new Set(actions[state])].map((targetId) => ({ state, targetId })));
